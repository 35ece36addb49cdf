import { Type } from 'typebox';
import { Value } from 'typebox/value';
import type { Instance } from './port.ts';

/** What instances are in Consul's words: its HTTP API, v1. */

const Text = Type.String();
const ServiceNodes = Type.Array(
  Type.Object({
    Node: Type.Object({ Address: Text }),
    Service: Type.Object({
      ID: Text,
      Address: Text,
      Port: Type.Integer(),
      Meta: Type.Union([Type.Record(Text, Text), Type.Null()]),
    }),
  }),
);

/** Where the instance's own origin stands: address and port alone leave out the scheme. */
const ORIGIN = 'jangteo-origin';

/** Whether Consul waits for heartbeats (`ttl`), or asks the instance itself at a path (`http`). */
export type ConsulCheck = 'ttl' | { readonly http: string };

/** Unique within an agent, which may hold the same id under several names. */
export function serviceIdOf(name: string, instance: Instance): string {
  return `${name}:${instance.id}`;
}

export function serviceOf(name: string, instance: Instance, ttlMs: number, check: ConsulCheck): object {
  const { hostname, port, protocol } = new URL(instance.origin);
  return {
    ID: serviceIdOf(name, instance),
    Name: name,
    Address: hostname.replace(/^\[|\]$/g, ''),
    Port: port === '' ? (protocol === 'https:' ? 443 : 80) : Number(port),
    Meta: { ...instance.metadata, [ORIGIN]: instance.origin },
    Check: {
      ...(check === 'ttl'
        ? // A process registers when it is ready, so it need not wait for its first heartbeat.
          { TTL: `${ttlMs}ms`, Status: 'passing' }
        : { HTTP: `${instance.origin}${check.http}`, Interval: `${Math.ceil(ttlMs / 3)}ms`, Timeout: `${ttlMs}ms` }),
      // Consul's own least; until then the instance is known and not passing.
      DeregisterCriticalServiceAfter: '1m',
    },
  };
}

/** The instances of `/v1/health/service/<name>`. Throws when it is something else. */
export function instancesOf(name: string, answer: unknown): readonly Instance[] {
  if (!Value.Check(ServiceNodes, answer)) throw new Error('Consul answered something else than a list of services');
  return answer.map(({ Node, Service }) => {
    const { [ORIGIN]: origin, ...metadata } = Service.Meta ?? {};
    const prefix = `${name}:`;
    return {
      id: Service.ID.startsWith(prefix) ? Service.ID.slice(prefix.length) : Service.ID,
      origin: origin ?? `http://${hostOf(Service.Address || Node.Address)}:${Service.Port}`,
      metadata,
    };
  });
}

function hostOf(address: string): string {
  return address.includes(':') ? `[${address}]` : address;
}
