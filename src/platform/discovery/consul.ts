import type { Clock, Random } from '../clock/port.ts';
import { keepAsking } from './asking.ts';
import { type ConsulCheck, instancesOf, serviceIdOf, serviceOf } from './consul-words.ts';
import { keepRegistered } from './heartbeat.ts';
import { openHandles } from './open-handles.ts';
import type { Discovery, Instance } from './port.ts';
import { registryHttp } from './registry-http.ts';
import { sighting } from './sighting.ts';

export interface ConsulOptions {
  readonly clock: Clock;
  readonly random: Random;
  /** Agents, the nearest first: `http://127.0.0.1:8500`. The next one is asked when one does not answer. */
  readonly urls: readonly string[];
  /** An ACL token. */
  readonly token?: string;
  /** Default `ttl`. */
  readonly check?: ConsulCheck;
  /** How long Consul may hold a question back until something changes. Default 15 s. */
  readonly waitMs?: number;
  /** How long after an outage those are kept who have not come back. Default 15 s. */
  readonly graceMs?: number;
}

const WAIT_MS = 15_000;
/** Between two answers, so that a name whose instances come and go does not take a processor. */
const PAUSE_MS = 50;

/**
 * Consul: services with a check, followed by blocking queries (developer.hashicorp.com/consul/api-docs/features/blocking).
 * A killed instance disappears when its check turns critical.
 */
export function consulDiscovery(options: ConsulOptions): Discovery {
  const { clock, random, check = 'ttl', waitMs = WAIT_MS } = options;
  const http = registryHttp(options.urls, options.token === undefined ? {} : { 'x-consul-token': options.token });
  const open = openHandles();

  const follow = (name: string, changed: Parameters<Discovery['watch']>[1]) => {
    let index = 0;
    const { watch, told, lost } = sighting(clock, changed, () => asking.stop(), options.graceMs);
    const asking = keepAsking({
      clock,
      random,
      ask: async (signal) => {
        // Consul adds up to a sixteenth of the wait itself, so that a crowd does not ask at one moment.
        const path = `/v1/health/service/${encodeURIComponent(name)}?passing=1&index=${index}&wait=${waitMs}ms`;
        const answer = await http.ask({ method: 'GET', path, signal, expects: [200], heldMs: waitMs * 1.1 });
        return { instances: instancesOf(name, answer.json), index: Number(answer.header('x-consul-index')) };
      },
      told: (answer) => {
        // An index that goes backwards is another life of the server: begin anew.
        index = answer.index >= index ? answer.index : 0;
        told(answer.instances);
        return PAUSE_MS;
      },
      lost: (trouble) => {
        index = 0;
        lost(trouble);
      },
    });
    return watch;
  };

  const register = (name: string, instance: Instance, ttlMs: number) => {
    const id = encodeURIComponent(serviceIdOf(name, instance));
    const put = (path: string, signal: AbortSignal, body?: unknown) =>
      http.ask({ method: 'PUT', path, signal, expects: [200, 404], ...(body === undefined ? {} : { body }) });
    return keepRegistered({
      clock,
      random,
      ttlMs,
      lease: {
        async take(signal) {
          const path = '/v1/agent/service/register?replace-existing-checks=true';
          await http.ask({
            method: 'PUT',
            path,
            body: serviceOf(name, instance, ttlMs, check),
            signal,
            expects: [200],
          });
        },
        async renew(signal) {
          const { status } = await (check === 'ttl'
            ? put(`/v1/agent/check/pass/service:${id}`, signal)
            : http.ask({ method: 'GET', path: `/v1/agent/service/${id}`, signal, expects: [200, 404] }));
          return status === 200 ? 'kept' : 'forgotten';
        },
        async release(signal) {
          await put(`/v1/agent/service/deregister/${id}`, signal);
        },
      },
    });
  };

  return {
    capabilities: { registers: true, leases: true, metadata: true, noticedWithinMs: 1_000 },
    watch: (name, changed) => open.watch(follow(name, changed)),
    register: (name, instance, { ttlMs }) => open.registration(register(name, instance, ttlMs)),
    async close() {
      await open.closeAll();
      await http.close();
    },
  };
}
