import type { HttpRoutes, HttpServer } from '../../src/platform/http/port.ts';
import { Problem } from '../../src/platform/http/problem.ts';

/** A request as it reaches a route. */
export interface DeskRequest {
  readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  /** As the route is registered. */
  readonly route: string;
  readonly params?: Readonly<Record<string, string>>;
  readonly query?: Readonly<Record<string, unknown>>;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: unknown;
}

export type DeskAnswer =
  | { readonly kind: 'ok'; readonly status: number; readonly body: unknown }
  | { readonly kind: 'problem'; readonly code: string; readonly detail: string; readonly extra: unknown }
  /** Something was thrown: a 5xx, whose effect is unknown to the caller. */
  | { readonly kind: 'fault'; readonly error: Error };

type Handler = (request: object, reply: object) => unknown;

/**
 * The routes of services without HTTP: their handlers are called with what Fastify would have made of a request that its
 * schemas accept. Sockets have no place in a run that must repeat itself.
 */
export interface Desk {
  ask(request: DeskRequest): Promise<DeskAnswer>;
}

export async function deskOf(routes: readonly HttpRoutes[]): Promise<Desk> {
  const handlers = new Map<string, Handler>();
  const taking = (method: string) => (route: string, _options: object, handler: Handler) => {
    handlers.set(`${method} ${route}`, handler);
  };
  const http = {
    get: taking('GET'),
    post: taking('POST'),
    put: taking('PUT'),
    patch: taking('PATCH'),
    delete: taking('DELETE'),
    register: (part: (scope: object) => unknown) => part(http),
    addContentTypeParser: () => undefined,
    removeContentTypeParser: () => undefined,
  };
  for (const each of routes) await each(http as unknown as HttpServer);

  return {
    async ask({ method, route, params = {}, query = {}, headers = {}, body = null }) {
      const handler = handlers.get(`${method} ${route}`);
      if (handler === undefined) throw new Error(`there is no route ${method} ${route}`);
      const url = Object.entries(params).reduce((path, [name, value]) => path.replace(`:${name}`, value), route);
      const request = {
        method,
        url,
        params,
        query,
        headers,
        body,
        routeOptions: { url: route },
        traceparent: undefined,
      };
      let status = 200;
      let sent: unknown;
      const reply = {
        code: (code: number) => {
          status = code;
          return reply;
        },
        status: (code: number) => reply.code(code),
        header: () => reply,
        send: (answer?: unknown) => {
          sent = answer;
          return reply;
        },
      };
      try {
        const answered = await handler(request, reply);
        return { kind: 'ok', status, body: answered === reply || answered === undefined ? sent : answered };
      } catch (error) {
        if (error instanceof Problem && error.code !== 'unavailable')
          return { kind: 'problem', code: error.code, detail: error.detail, extra: error.extra };
        return { kind: 'fault', error: error instanceof Error ? error : new Error(String(error)) };
      }
    },
  };
}
