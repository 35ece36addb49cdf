import type { Clock, Random } from '../clock/port.ts';
import { keepAsking } from './asking.ts';
import { eurekaRegistry } from './eureka-registry.ts';
import { appOf, registrationOf, registryOf } from './eureka-words.ts';
import { keepRegistered } from './heartbeat.ts';
import { openHandles } from './open-handles.ts';
import type { Discovery, Instance } from './port.ts';
import { registryHttp } from './registry-http.ts';
import { type Sighting, sighting } from './sighting.ts';

export interface EurekaOptions {
  readonly clock: Clock;
  readonly random: Random;
  /** Its servers, the nearest first: `http://eureka-1:8761/eureka`. The next one is asked when one does not answer. */
  readonly urls: readonly string[];
  /** How often changes are fetched. Default 30 s, as Eureka's own clients do. */
  readonly pollMs?: number;
  /** How long after an outage those are kept who have not come back. Default 30 s: Eureka's usual pause between heartbeats. */
  readonly graceMs?: number;
}

const POLL_MS = 30_000;
const GRACE_MS = 30_000;
/** A server answers from a cache of its own that it renews this often, unless it is told otherwise. */
const SERVER_CACHE_MS = 30_000;

/**
 * Netflix Eureka: leases and a registry that is fetched whole once, then by its changes (github.com/Netflix/eureka/wiki/Eureka-REST-operations).
 * One fetch serves all watches. A server that lost many heartbeats at once keeps the dead (its self-preservation), so callers
 * must bear an instance that does not answer.
 */
export function eurekaDiscovery(options: EurekaOptions): Discovery {
  const { clock, random, pollMs = POLL_MS, graceMs = GRACE_MS } = options;
  const http = registryHttp(options.urls);
  const open = openHandles();
  const registry = eurekaRegistry();
  const sightings = new Map<Sighting, string>();
  let isWhole = false;
  let asking: ReturnType<typeof keepAsking> | undefined;

  const fetched = async (path: string, signal: AbortSignal) =>
    registryOf((await http.ask({ method: 'GET', path, signal, expects: [200] })).json);
  const refresh = async (signal: AbortSignal) => {
    if (isWhole && registry.apply(await fetched('/apps/delta', signal))) return;
    registry.replace(await fetched('/apps', signal));
    isWhole = true;
  };
  const begin = () =>
    keepAsking({
      clock,
      random,
      ask: refresh,
      told: () => {
        for (const [each, name] of [...sightings]) each.told(registry.up(name));
        return pollMs;
      },
      lost: (trouble) => {
        // The server forgets changes after minutes: after an outage only the whole tells.
        isWhole = false;
        for (const each of [...sightings.keys()]) each.lost(trouble);
      },
    });

  const follow = (name: string, changed: Parameters<Discovery['watch']>[1]) => {
    const heard: Sighting = sighting(clock, changed, () => sightings.delete(heard), graceMs);
    sightings.set(heard, name);
    // Whoever comes later need not wait for the next fetch; told a moment later, for nothing is told before `watch` returned.
    if (isWhole) queueMicrotask(() => heard.told(registry.up(name)));
    asking ??= begin();
    return heard.watch;
  };

  const register = (name: string, instance: Instance, ttlMs: number) => {
    const app = encodeURIComponent(appOf(name));
    const path = `/apps/${app}/${encodeURIComponent(instance.id)}`;
    return keepRegistered({
      clock,
      random,
      ttlMs,
      lease: {
        async take(signal) {
          const body = registrationOf(name, instance, ttlMs, clock.now());
          await http.ask({ method: 'POST', path: `/apps/${app}`, body, signal, expects: [200, 204] });
        },
        async renew(signal) {
          const { status } = await http.ask({ method: 'PUT', path, signal, expects: [200, 404] });
          return status === 200 ? 'kept' : 'forgotten';
        },
        async release(signal) {
          await http.ask({ method: 'DELETE', path, signal, expects: [200, 404] });
        },
      },
    });
  };

  return {
    capabilities: { registers: true, leases: true, metadata: true, noticedWithinMs: pollMs * 1.1 + SERVER_CACHE_MS },
    watch: (name, changed) => open.watch(follow(name, changed)),
    register: (name, instance, { ttlMs }) => open.registration(register(name, instance, ttlMs)),
    async close() {
      await open.closeAll();
      await asking?.stop();
      await http.close();
    },
  };
}
