import { type Static, Type } from 'typebox';
import { Value } from 'typebox/value';
import type { Instance } from './port.ts';

/** What instances are in Eureka's words: its REST operations, as JSON. */

const Text = Type.String();
const PortOf = Type.Object({ $: Type.Union([Type.Integer(), Text]), '@enabled': Type.Union([Type.Boolean(), Text]) });
const EurekaInstance = Type.Object({
  instanceId: Text,
  hostName: Text,
  ipAddr: Text,
  status: Text,
  port: PortOf,
  securePort: PortOf,
  metadata: Type.Optional(Type.Record(Text, Type.Unknown())),
  actionType: Type.Optional(Text),
});
export type EurekaInstance = Static<typeof EurekaInstance>;
const Application = Type.Object({
  name: Text,
  instance: Type.Union([Type.Array(EurekaInstance), EurekaInstance]),
});
const Registry = Type.Object({
  applications: Type.Object({
    apps__hashcode: Text,
    application: Type.Union([Type.Array(Application), Application]),
  }),
});

/** A full registry, or what changed in it lately. */
export interface RegistryPart {
  /** How many instances of each status the server has, `UP_2_`: a registry built from changes must come to the same. */
  readonly hash: string;
  readonly instances: readonly { readonly app: string; readonly instance: EurekaInstance }[];
}

const ORIGIN = 'origin';

/** Eureka writes the names of applications in capitals. */
export function appOf(name: string): string {
  return name.toUpperCase();
}

/** Throws when the answer is something else. */
export function registryOf(answer: unknown): RegistryPart {
  if (!Value.Check(Registry, answer)) throw new Error('Eureka answered something else than a registry');
  const { apps__hashcode: hash, application } = answer.applications;
  return {
    hash,
    instances: listOf(application).flatMap(({ name, instance }) =>
      listOf(instance).map((each) => ({ app: name, instance: each })),
    ),
  };
}

/** A list of one may come without its list. */
function listOf<Item>(items: readonly Item[] | Item): readonly Item[] {
  return Array.isArray(items) ? items : [items as Item];
}

export function instanceOf({ instanceId, ipAddr, port, securePort, metadata = {} }: EurekaInstance): Instance {
  const { [ORIGIN]: origin, ...rest } = metadata;
  const isSecure = String(securePort['@enabled']) === 'true';
  return {
    id: instanceId,
    origin:
      typeof origin === 'string'
        ? origin
        : `http${isSecure ? 's' : ''}://${ipAddr}:${(isSecure ? securePort : port).$}`,
    // Eureka marks an empty map of Java by its class.
    metadata: Object.fromEntries(
      Object.entries(rest).flatMap(([key, value]) => (key.startsWith('@') ? [] : [[key, String(value)]])),
    ),
  };
}

/**
 * The instance as it is registered. Eureka lets a renewed lease live for twice its duration (`Lease.renew` adds the duration to
 * the time, `isExpired` adds it again), so half of the ttl is asked for, in whole seconds and rather longer.
 */
export function registrationOf(name: string, instance: Instance, ttlMs: number, nowMs: number): object {
  const { hostname, port, protocol } = new URL(instance.origin);
  const isSecure = protocol === 'https:';
  const number = port === '' ? (isSecure ? 443 : 80) : Number(port);
  const durationInSecs = Math.max(1, Math.ceil(ttlMs / 2_000));
  return {
    instance: {
      instanceId: instance.id,
      hostName: hostname,
      ipAddr: hostname,
      app: appOf(name),
      vipAddress: name,
      status: 'UP',
      port: { $: number, '@enabled': String(!isSecure) },
      securePort: { $: isSecure ? number : 443, '@enabled': String(isSecure) },
      dataCenterInfo: { '@class': 'com.netflix.appinfo.InstanceInfo$DefaultDataCenterInfo', name: 'MyOwn' },
      leaseInfo: { renewalIntervalInSecs: Math.max(1, Math.floor(ttlMs / 3_000)), durationInSecs },
      metadata: { ...instance.metadata, [ORIGIN]: instance.origin },
      lastDirtyTimestamp: String(nowMs),
      lastUpdatedTimestamp: String(nowMs),
    },
  };
}
