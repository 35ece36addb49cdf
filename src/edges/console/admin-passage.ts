import type { IncomingHttpHeaders, IncomingMessage, OutgoingHttpHeaders } from 'node:http';
import type { Readable } from 'node:stream';
import type { FastifyRequest, HTTPMethods } from 'fastify';
import type { HttpRoutes, HttpServer } from '../../platform/http/port.ts';
import { operatorOf } from './session-guard.ts';

const PASSED_ON = [
  'content-type',
  'content-length',
  'transfer-encoding',
  'idempotency-key',
  'prefer',
  'accept',
  'traceparent',
];
const KEPT_BACK = new Set(['connection', 'keep-alive', 'transfer-encoding', 'date', 'content-length']);
const METHODS: HTTPMethods[] = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'];
/** As much as the largest of the addresses behind it takes; each of them judges for itself. */
const BODY_LIMIT = 256 * 1_024 * 1_024;

/** A request that is asked in somebody's name, and what comes back. */
export type Passage = (request: {
  readonly method: string;
  readonly path: string;
  readonly headers: IncomingHttpHeaders;
  readonly body?: IncomingMessage;
}) => Promise<{
  readonly statusCode: number;
  readonly headers: IncomingHttpHeaders | OutgoingHttpHeaders;
  readonly body: Readable;
}>;

/** Asks the routes of the same server. */
function inside(http: HttpServer): Passage {
  return async ({ method, path, headers, body }) => {
    const answer = await http.inject({
      ...{ method: method as 'GET', url: path, headers, payloadAsStream: true },
      ...(body && { payload: body }),
    });
    return { statusCode: answer.statusCode, headers: answer.headers, body: answer.stream() };
  };
}

/**
 * The administration's API for those who are signed in: `/console/api/admin/orders` is `/v1/admin/orders`, asked with the admin's
 * token, which no browser ever holds, and in the operator's name. Its shapes stand in the public document.
 */
export function adminPassage(adminToken: string, passage?: Passage): HttpRoutes {
  return (http) => {
    const ask = passage ?? inside(http);
    http.removeAllContentTypeParsers();
    http.addContentTypeParser('*', (_request, payload, done) => done(null, payload));
    http.route({
      method: METHODS,
      url: '/console/api/admin/*',
      schema: { hide: true },
      bodyLimit: BODY_LIMIT,
      async handler(request, reply) {
        const answer = await ask({
          method: request.method,
          path: request.url.replace(/^\/console\/api\/admin/, '/v1/admin'),
          headers: headersFor(request, adminToken),
          ...(request.body === undefined ? {} : { body: request.raw }),
        });
        for (const [name, value] of Object.entries(answer.headers)) {
          if (value !== undefined && !KEPT_BACK.has(name)) reply.header(name, value);
        }
        return reply.code(answer.statusCode).header('cache-control', 'no-store').send(answer.body);
      },
    });
  };
}

function headersFor(request: FastifyRequest, adminToken: string): IncomingHttpHeaders {
  const passed = PASSED_ON.flatMap((name) => {
    const value = request.headers[name];
    return value === undefined ? [] : [[name, value]];
  });
  const { operator } = operatorOf(request);
  return { ...Object.fromEntries(passed), authorization: `Bearer ${adminToken}`, 'jangteo-operator': operator };
}
