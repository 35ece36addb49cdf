import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Dispatcher } from 'undici';
import type { Clock } from '../clock/port.ts';
import { echo } from './echo.ts';
import { Exchange } from './exchange.ts';
import { type Pools, upstreamPools } from './pools.ts';
import type { Hop, HopOptions, HopResult, HopTarget } from './port.ts';
import { openRace } from './race.ts';
import { type ForwardedHead, type HeadPolicy, requestHead } from './request-head.ts';
import { uploadOf } from './upload.ts';

/**
 * Opens a hop; connections are made when they are needed. It works on undici's `dispatch`, which hands over head and body as they
 * are read, without a stream in between.
 */
export function openHop(options: HopOptions & { readonly clock: Clock }): Hop {
  const { trustForwarded = false, name = 'jangteo', maxHops = 4, connectTimeoutMs = 2_000, clock } = options;
  const wary: HeadPolicy = { trustForwarded: false, name, maxHops };
  const trusting: HeadPolicy = { ...wary, trustForwarded: true };
  const isTrusted = typeof trustForwarded === 'function' ? trustForwarded : () => trustForwarded;
  const policyFor = ({ socket }: IncomingMessage) => (isTrusted(socket.remoteAddress) ? trusting : wary);
  const pools = upstreamPools(options);

  return {
    forward(request, response, target) {
      const head = requestHead(request, target, policyFor(request));
      if ('refused' in head) return Promise.resolve<HopResult>({ kind: 'refused', reason: head.refused });
      return new Promise((settle) => send(pools, request, response, target, head, settle, clock, connectTimeoutMs));
    },
    race: openRace,
    async echo(request, target) {
      const head = requestHead(request, target, policyFor(request));
      if ('refused' in head || head.hasBody) return undefined;
      return echo(pools.of(target.origin).pool, dispatchOf(request, target, head, pools.of(target.origin).servername));
    },
    drop: (origin) => pools.drop(origin),
    close: () => pools.close(),
  };
}

function send(
  pools: Pools,
  request: IncomingMessage,
  response: ServerResponse,
  target: HopTarget,
  head: ForwardedHead,
  settle: (result: HopResult) => void,
  clock: Clock,
  waitMs: number,
): void {
  const upload = head.hasBody ? uploadOf(request, target.maxBodyBytes) : undefined;
  const sending = new Exchange(request, response, target, upload, settle);
  const { pool, servername } = pools.of(target.origin);
  const free = pool.dispatch({ ...dispatchOf(request, target, head, servername), body: upload ?? null }, sending);
  // Only when all connections are taken is there something to wait for that has no bound of its own.
  if (!free && !sending.sent) clock.after(waitMs, () => sending.giveUp());
}

function dispatchOf(
  request: IncomingMessage,
  { headersTimeoutMs }: HopTarget,
  { path, headers }: ForwardedHead,
  servername: string | undefined,
): Dispatcher.DispatchOptions & { readonly servername?: string } {
  return {
    path,
    method: request.method ?? 'GET',
    headers,
    ...(servername !== undefined && { servername }),
    ...(headersTimeoutMs !== undefined && { headersTimeout: headersTimeoutMs }),
  };
}
