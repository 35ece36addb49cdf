import { STATUS_CODES } from 'node:http';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Type } from 'typebox';
import { escapeHtml, sendPage, wantsPage } from './page.ts';
import type { HttpRoutes } from './port.ts';
import { Problem } from './problem.ts';
import type { ProblemCatalogue, ProblemKind } from './problem-answers.ts';

const NAVIGATION = '<a href="/docs">API</a><a href="/problems">Problems</a>';

/** The list of problems that the API answers with, for people and (by `Accept`) for programs, and each at its type's address. */
export function problemPages(catalogue: ProblemCatalogue): HttpRoutes {
  const entries = Object.entries(catalogue).map(([code, kind]) => ({ ...documentOf(code, kind) }));

  return (http) => {
    http.get(
      '/problems',
      { schema: { tags: ['operations'], summary: 'Every problem that the API answers with' } },
      async (request: FastifyRequest, reply: FastifyReply) => {
        reply.header('vary', 'accept');
        if (!wantsPage(request)) return reply.send({ items: entries, nextCursor: null });
        const body = `<h1>Problems</h1>
<p class="lead">Whatever goes wrong is answered as <code>application/problem+json</code> (RFC 9457). React to <code>code</code>:
it never changes its meaning. The texts are for people and may be reworded.</p>
${sections(catalogue)}`;
        return sendPage(reply, {
          language: 'en',
          title: 'Problems · Jangteo',
          description: 'Every problem code of the Jangteo API with its HTTP status.',
          navigation: NAVIGATION,
          body,
        });
      },
    );

    http.get(
      '/problems/:code',
      {
        schema: {
          tags: ['operations'],
          summary: 'One problem',
          params: Type.Object({ code: Type.String({ maxLength: 100 }) }),
        },
      },
      async (request, reply) => {
        const { code } = request.params;
        const kind = Object.hasOwn(catalogue, code) ? catalogue[code] : undefined;
        if (kind === undefined)
          throw new Problem('not_found', 'There is no problem of this name. /problems lists all.');
        reply.header('vary', 'accept');
        if (!wantsPage(request)) return reply.send(documentOf(code, kind));
        return sendPage(reply as FastifyReply, {
          language: 'en',
          title: `${code} · Jangteo`,
          description: kind.title,
          navigation: NAVIGATION,
          body: onePage(code, kind),
        });
      },
    );
  };
}

function documentOf(code: string, kind: ProblemKind) {
  return { type: `/problems/${code}`, code, status: kind.status, title: kind.title };
}

function sections(catalogue: ProblemCatalogue): string {
  const byStatus = new Map<number, string[]>();
  for (const [code, kind] of Object.entries(catalogue)) {
    const row = `<div id="${code}"><dt><a href="/problems/${code}"><code>${code}</code></a></dt><dd>${escapeHtml(kind.title)}.</dd></div>`;
    byStatus.set(kind.status, [...(byStatus.get(kind.status) ?? []), row]);
  }
  return [...byStatus]
    .sort(([a], [b]) => a - b)
    .map(
      ([status, rows]) =>
        `<h2>${status} ${STATUS_CODES[status] ?? ''}</h2>\n<dl class="problems">${rows.join('\n')}</dl>`,
    )
    .join('\n');
}

function onePage(code: string, kind: ProblemKind): string {
  const example = {
    type: `/problems/${code}`,
    title: kind.title,
    status: kind.status,
    detail: '…',
    instance: '/v1/…',
    code,
    requestId: '4bf92f3577b34da6a3ce929d0e0e4736',
  };
  return `<h1><code>${code}</code></h1>
<p><span class="status">${kind.status} ${STATUS_CODES[kind.status] ?? ''}</span></p>
<p class="lead">${escapeHtml(kind.title)}.</p>
<p>${advice(kind.status)}</p>
<h2>How it looks</h2>
<pre><code>${escapeHtml(JSON.stringify(example, null, 2))}</code></pre>
<p><a href="/problems">All problems</a></p>`;
}

function advice(status: number): string {
  if (status >= 500)
    return 'Nothing is wrong with the request. Ask again with the same <code>Idempotency-Key</code>; nothing happens twice.';
  if (status === 401) return 'Send the token as <code>Authorization: Bearer …</code>.';
  if (status === 402) return 'Ask the shopper for another card, and use a new <code>Idempotency-Key</code>.';
  if (status === 404) return 'Check the id. What belongs to somebody else is answered like what is not there.';
  if (status === 409) return 'Read the current state, decide again, and ask with a new <code>Idempotency-Key</code>.';
  if (status === 429) return 'Wait as long as <code>Retry-After</code> says.';
  return 'Mend the request as <code>detail</code> (and <code>errors</code>, where there are any) says; asking again unchanged has the same answer.';
}
