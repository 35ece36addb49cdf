import type { FastifyReply, FastifyRequest } from 'fastify';
import { escapeHtml, sendPage } from '../../platform/http/page.ts';
import type { HttpRoutes } from '../../platform/http/port.ts';
import { WORDS } from './welcome-words.ts';

const HOST = /^[\w.-]+(:\d{1,5})?$|^\[[0-9a-f:]+\](:\d{1,5})?$/i;

/** The page at `/developers`: what this is and the first things to do, in English or Korean. */
export function welcomeRoutes(): HttpRoutes {
  return (http) => {
    http.get('/developers', { schema: { hide: true } }, async (request: FastifyRequest, reply: FastifyReply) => {
      const language = languageOf(request);
      const words = WORDS[language];
      const host = HOST.test(request.host) ? request.host : 'localhost:8080';
      reply.header('vary', 'accept-language');
      return sendPage(reply, {
        language,
        title: words.title,
        description: words.lead,
        navigation: `<a href="/docs">API</a><a href="/problems">${words.problems}</a><a href="/developers?lang=${words.other.language}" lang="${words.other.language}" hreflang="${words.other.language}">${words.other.name}</a>`,
        body: bodyOf(language, `${request.protocol}://${host}`),
      });
    });
  };
}

/** `?lang=` decides, then `Accept-Language`, then English. */
function languageOf(request: FastifyRequest): 'en' | 'ko' {
  const { lang } = request.query as { lang?: unknown };
  if (lang === 'en' || lang === 'ko') return lang;
  const accepted = request.headers['accept-language'] ?? '';
  const first = accepted
    .split(',')
    .map((each) => each.trim().slice(0, 2).toLowerCase())
    .find((each) => each === 'en' || each === 'ko');
  return first === 'ko' ? 'ko' : 'en';
}

function bodyOf(language: 'en' | 'ko', base: string): string {
  const { headline, lead, cards, first, steps, note } = WORDS[language];
  const links = cards.map(
    ({ href, name, text }) => `<li><a href="${href}"><strong>${name}</strong><span>${text}</span></a></li>`,
  );
  const tour = steps.map(
    ({ text, command }) => `<li><p>${text}</p><pre><code>${escapeHtml(command(base))}</code></pre></li>`,
  );
  return `<h1>${headline}</h1>
<p class="lead">${lead}</p>
<ul class="cards">${links.join('')}</ul>
<h2>${first}</h2>
<ol class="steps">${tour.join('')}</ol>
<p>${note}</p>`;
}
