import { Agent, type IncomingHttpHeaders, type IncomingMessage, request as plain } from 'node:http';
import { Agent as SecureAgent, request as secure } from 'node:https';
import type { TLSSocket } from 'node:tls';

export interface Answer {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
  /** The common name of the certificate that was shown. */
  readonly shownBy?: string;
}

export interface Asked {
  readonly method: 'GET' | 'POST';
  readonly startedAt: number;
  readonly endedAt: number;
  /** Who answered with 200. */
  readonly by?: string;
  /** Why it failed. */
  readonly failed?: string;
}

type Options = {
  readonly method?: 'GET' | 'POST';
  readonly headers?: Record<string, string>;
  readonly agent?: Agent;
  /** The address of this machine that the connection comes from. */
  readonly localAddress?: string;
};

const LIMIT_MS = 10_000;
const PAUSE_MS = 15;

/** Asks once, on a connection of its own unless an agent keeps some. */
export async function ask(url: string, options: Options = {}): Promise<Answer> {
  const response = await send(url, options).catch((error: Error & { isReused?: boolean }) => {
    // RFC 9110, section 9.2.2: what is idempotent may be asked again when a kept connection was closed meanwhile; browsers do.
    if (error.isReused !== true || options.method === 'POST') throw error;
    return send(url, { ...options, agent: keeping(url) });
  });
  const certificate = (response.socket as TLSSocket).getPeerCertificate?.().subject?.CN;
  let body = '';
  for await (const part of response) body += part;
  return {
    status: response.statusCode ?? 0,
    headers: response.headers,
    body,
    ...(typeof certificate === 'string' ? { shownBy: certificate } : {}),
  };
}

function send(url: string, { method = 'GET', headers = {}, agent, localAddress }: Options) {
  return new Promise<IncomingMessage>((resolve, reject) => {
    const common = { method, headers, agent: agent ?? false, timeout: LIMIT_MS, ...(localAddress && { localAddress }) };
    const asked = url.startsWith('https:')
      ? secure(url, { ...common, agent: (agent as SecureAgent) ?? false, rejectUnauthorized: false })
      : plain(url, common);
    asked.once('response', resolve);
    asked.once('error', (error) => reject(Object.assign(error, { isReused: asked.reusedSocket })));
    asked.once('timeout', () => asked.destroy(new Error(`no answer in ${LIMIT_MS} ms`)));
    asked.end(method === 'POST' ? '{"an":"order"}' : undefined);
  });
}

/** Connections that are kept, as a browser does. */
function keeping(url: string): Agent {
  return url.startsWith('https:') ? (new SecureAgent({ keepAlive: true }) as Agent) : new Agent({ keepAlive: true });
}

export interface Load {
  readonly asked: readonly Asked[];
  /** What was begun in a span of time. */
  between(from: number, to?: number): readonly Asked[];
  /** Every client goes on with a new connection. */
  reconnect(): void;
  stop(): Promise<void>;
}

/** Clients that ask on and on, each on its kept connection; every fourth request is a POST. */
export function constantLoad(url: string, clients = 8): Load {
  const asked: Asked[] = [];
  let stopped = false;
  let generation = 0;
  const client = async (number: number) => {
    let agent = keeping(url);
    let born = generation;
    for (let turn = number; !stopped; turn++) {
      if (born !== generation) {
        agent.destroy();
        agent = keeping(url);
        born = generation;
      }
      asked.push(await once(url, turn % 4 === 0 ? 'POST' : 'GET', agent));
      await new Promise((resolve) => setTimeout(resolve, PAUSE_MS));
    }
    agent.destroy();
  };
  const running = Promise.all(Array.from({ length: clients }, (_, number) => client(number)));
  return {
    asked,
    between: (from, to = Number.POSITIVE_INFINITY) =>
      asked.filter(({ startedAt }) => startedAt >= from && startedAt < to),
    reconnect() {
      generation++;
    },
    async stop() {
      stopped = true;
      await running;
    },
  };
}

async function once(url: string, method: 'GET' | 'POST', agent: Agent): Promise<Asked> {
  const startedAt = performance.now();
  const outcome = await ask(`${url}${method === 'GET' ? '/who' : '/orders'}`, { method, agent }).then(
    ({ status, body }) =>
      status === 200 ? { by: (JSON.parse(body) as { name: string }).name } : { failed: `${status} ${body}` },
    (error: Error) => ({ failed: `${(error as NodeJS.ErrnoException).code ?? ''} ${error.message}` }),
  );
  return { method, startedAt, endedAt: performance.now(), ...outcome };
}

export interface EventStream {
  /** How late each event came, in ms, and when. */
  readonly events: readonly { readonly by: string; readonly at: number; readonly lateMs: number }[];
  readonly hasEnded: () => boolean;
  close(): void;
}

export async function followEvents(url: string): Promise<EventStream> {
  const events: EventStream['events'][number][] = [];
  let ended = false;
  // As every EventSource says.
  const response = await send(`${url}/events`, { headers: { accept: 'text/event-stream' } });
  response.setEncoding('utf8').on('data', (part: string) => {
    for (const [, by = '', sent] of part.matchAll(/data: (\S+) (\d+)/g))
      events.push({ by, at: performance.now(), lateMs: Date.now() - Number(sent) });
  });
  response.once('close', () => {
    ended = true;
  });
  response.on('error', () => undefined);
  return { events, hasEnded: () => ended, close: () => response.destroy() };
}

export function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}

/** Asks until it holds; throws what is then still missing. */
export async function until(what: string, holds: () => boolean | Promise<boolean>, withinMs = 10_000): Promise<void> {
  const deadline = performance.now() + withinMs;
  while (!(await holds())) {
    if (performance.now() > deadline) throw new Error(`not within ${withinMs} ms: ${what}`);
    await pause(50);
  }
}
