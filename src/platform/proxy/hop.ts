import type { IncomingMessage } from 'node:http';
import type { Clock } from '../clock/port.ts';
import { echo } from './echo.ts';
import { Exchange } from './exchange.ts';
import { upstreamPools } from './pools.ts';
import type { Hop, HopOptions, HopResult } from './port.ts';
import { openRace } from './race.ts';
import { type HeadPolicy, requestHead } from './request-head.ts';

/** Opens a hop; connections are made when they are needed. */
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
      return new Promise((settle) => {
        const upstream = pools.of(target.origin);
        const sending = new Exchange(request, response, target, head, settle);
        if (upstream.carry(sending)) return;
        clock.after(connectTimeoutMs, () => {
          if (sending.giveUp()) upstream.takeBack(sending);
        });
      });
    },
    race: openRace,
    async echo(request, target) {
      const head = requestHead(request, target, policyFor(request));
      if ('refused' in head || head.body !== 'none') return undefined;
      const { headersTimeoutMs } = target;
      return echo(pools.of(target.origin), { method: request.method ?? 'GET', head: head.head, headersTimeoutMs });
    },
    drop: (origin) => pools.drop(origin),
    async close() {
      pools.close();
    },
  };
}
