import createClient, { type Middleware } from 'openapi-fetch';
import type { paths as PublicPaths } from '../../generated/api.ts';
import type { paths as ConsolePaths } from '../../generated/console.ts';
import { ProblemError, problemOf } from './problem.ts';

let csrfToken = '';

/** Every write carries this from now on. */
export function carryCsrfToken(token: string): void {
  csrfToken = token;
}

let whenSignedOut = () => {};

/** Calls `listener` when an answer says that the session has ended. */
export function onSignedOut(listener: () => void): void {
  whenSignedOut = listener;
}

const session: Middleware = {
  onRequest({ request }) {
    if (request.method !== 'GET') request.headers.set('x-csrf-token', csrfToken);
    return request;
  },
  onResponse({ response }) {
    if (response.status === 401) whenSignedOut();
  },
};

/** The console's own API: `consoleApi.GET('/console/api/views')`. */
export const consoleApi = createClient<ConsolePaths>({ baseUrl: location.origin });

/** The administration's API with the shapes of the public document: `adminApi.GET('/v1/admin/orders')`. */
export const adminApi = createClient<PublicPaths>({
  baseUrl: location.origin,
  async fetch(request) {
    const { method, headers, signal } = request;
    // Whole: a body that streams from one request into the next goes over HTTP/2 alone.
    const body = await request.blob();
    const address = request.url.replace('/v1/admin/', '/console/api/admin/');
    return fetch(address, { method, headers, signal, ...(body.size > 0 && { body }) });
  },
});

consoleApi.use(session);
adminApi.use(session);

interface Answered<Data> {
  readonly data?: Data;
  readonly error?: unknown;
  readonly response: Response;
}

/** The data of an answer. Throws a ProblemError for a problem, and for a server that cannot be reached. */
export async function answerOf<Data>(asking: Promise<Answered<Data>>): Promise<Exclude<Data, undefined>> {
  const { data, error, response } = await asking.catch((fault: unknown) => {
    throw problemOf(fault);
  });
  if (response.ok) return data as Exclude<Data, undefined>;
  const document = typeof error === 'object' && error !== null ? error : { status: response.status };
  throw new ProblemError(document as Readonly<Record<string, unknown>>);
}

/** A key for one wish: the same for its repetitions, new for the next wish. */
export function newKey(): string {
  return crypto.randomUUID();
}
