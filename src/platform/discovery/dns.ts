import type { Answer } from 'dns-packet';
import type { Clock, Random } from '../clock/port.ts';
import { keepAsking } from './asking.ts';
import { askResolver, type DnsAnswer, type RecordType, resolverAt } from './dns-question.ts';
import { openHandles } from './open-handles.ts';
import type { Discovery, Instance } from './port.ts';
import { sighting } from './sighting.ts';
import { NOTHING_TO_DO } from './static.ts';

export interface DnsOptions {
  readonly clock: Clock;
  readonly random: Random;
  /** Resolvers, the first one first: `10.0.0.2:53`. The next one is asked when one does not answer. */
  readonly servers: readonly string[];
  /** What to ask for, `{name}` stands for the name: `_http._tcp.{name}.shop.svc.cluster.local`, `{name}.service.consul`. */
  readonly pattern: string;
  /** SRV records tell the port; with addresses alone it is the same everywhere. */
  readonly records: 'srv' | { readonly port: number };
  /** Default `http`. */
  readonly scheme?: 'http' | 'https';
  /** A name is never asked for more often than this. Default 1 s. */
  readonly leastMs?: number;
  /** An answer is never kept longer than this, whatever its TTL. Default 30 s. */
  readonly mostMs?: number;
}

const LEAST_MS = 1_000;
const MOST_MS = 30_000;

/**
 * DNS: the list is a zone's, kept for its TTL. Health is a matter of whoever keeps the zone (Kubernetes leaves out pods that are
 * not ready, Consul those whose check fails), so nothing is kept back after an outage.
 */
export function dnsDiscovery(options: DnsOptions): Discovery {
  const { clock, random, pattern, records, scheme = 'http', leastMs = LEAST_MS, mostMs = MOST_MS } = options;
  const resolvers = options.servers.map(resolverAt);
  const open = openHandles();
  let chosen = 0;

  const asked = async (name: string, type: RecordType, signal: AbortSignal): Promise<DnsAnswer> => {
    for (let tried = 1; ; tried++) {
      const resolver = resolvers[chosen % resolvers.length];
      if (resolver === undefined) throw new Error('no resolver was given');
      try {
        return await askResolver(resolver, name, type, signal);
      } catch (error) {
        if (signal.aborted || tried >= resolvers.length) throw error;
        chosen += 1;
      }
    }
  };
  const addresses = async (name: string, signal: AbortSignal) => {
    const v4 = await asked(name, 'A', signal);
    const found = v4.records.length > 0 ? v4 : await asked(name, 'AAAA', signal);
    return { hosts: found.records.flatMap(hostOf), ttlSeconds: found.ttlSeconds };
  };
  const byAddress = async (name: string, port: number, signal: AbortSignal) => {
    const { hosts, ttlSeconds } = await addresses(name, signal);
    const instances = hosts.map((host) => ({
      id: `${host}:${port}`,
      origin: `${scheme}://${host}:${port}`,
      metadata: {},
    }));
    return { instances, ttlSeconds };
  };
  const bySrv = async (name: string, signal: AbortSignal) => {
    const { records: found, additionals, ttlSeconds } = await asked(name, 'SRV', signal);
    const each = found.flatMap((record) => (record.type === 'SRV' && record.data.target !== '.' ? [record.data] : []));
    const located = await Promise.all(
      each.map(async ({ target, port }) => {
        const along = additionals.filter((extra) => extra.name.toLowerCase() === target.toLowerCase());
        const hosts = along.flatMap(hostOf);
        const known = hosts.length > 0 ? { hosts, ttlSeconds } : await addresses(target, signal);
        // Several addresses of one target are ways to one instance.
        const [host] = [...known.hosts].sort();
        if (host === undefined) return { instances: [], ttlSeconds: known.ttlSeconds };
        const instance: Instance = { id: `${target}:${port}`, origin: `${scheme}://${host}:${port}`, metadata: {} };
        return { instances: [instance], ttlSeconds: known.ttlSeconds };
      }),
    );
    return {
      instances: located.flatMap(({ instances }) => instances),
      ttlSeconds: Math.min(ttlSeconds, ...located.map((one) => one.ttlSeconds)),
    };
  };

  const follow = (name: string, changed: Parameters<Discovery['watch']>[1]) => {
    const { watch, told, lost } = sighting(clock, changed, () => asking.stop(), 0);
    const full = pattern.replaceAll('{name}', name);
    const asking = keepAsking({
      clock,
      random,
      ask: (signal) => (records === 'srv' ? bySrv(full, signal) : byAddress(full, records.port, signal)),
      told: ({ instances, ttlSeconds }) => {
        told(instances);
        return Math.min(mostMs, Math.max(leastMs, ttlSeconds * 1_000));
      },
      lost,
    });
    return watch;
  };

  return {
    capabilities: { registers: false, leases: false, metadata: false, noticedWithinMs: mostMs * 1.1 },
    watch: (name, changed) => open.watch(follow(name, changed)),
    register: () => NOTHING_TO_DO,
    close: () => open.closeAll(),
  };
}

function hostOf(record: Answer): string[] {
  if (record.type === 'A') return [record.data];
  return record.type === 'AAAA' ? [`[${record.data}]`] : [];
}
