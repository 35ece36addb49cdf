import type { Membership } from '../../platform/membership/port.ts';
import { KEYRING } from '../keyring.ts';
import { besides, services } from '../registry.ts';
import type { IntegrationPlan } from '../start-services.ts';
import { choicesOf, hostsOf, type ProcessPlan, replicaName } from '../topology/processes.ts';
import type { Topology } from '../topology.ts';
import { openKeysTenure, openServiceTenure, type TenureWorld } from './service-tenure.ts';
import { standingAside } from './stand-aside.ts';
import { holdTenancy } from './tenancy.ts';

export interface TenanciesOptions {
  /** The process that this is. */
  readonly plan: ProcessPlan;
  readonly topology: Topology;
  readonly membership: Membership;
  readonly masterKey: Uint8Array;
  /** What the topology says to a service. */
  readonly settingsOf: (service: string) => Readonly<Record<string, unknown>>;
  readonly integrationPlan: (name: string) => Promise<IntegrationPlan>;
  readonly demo: boolean;
  readonly tenureWorld: TenureWorld;
}

/** Everything that this process leads when it is its turn: the services that it hosts, and the keys. */
export function openTenancies(options: TenanciesOptions): { stop(): Promise<void> } {
  const { plan, topology, membership, masterKey, tenureWorld } = options;
  const { world } = tenureWorld;
  const { clock } = world.engines;
  const common = { membership, clock, logger: world.logger };
  const standing = (service: string) => ({ ...common, service, readiness: tenureWorld.readiness });
  const names = Object.keys(topology.services);

  // What a process is more than its replicas it is for reading alone.
  const mayLead = (service: string, place: number) => candidatesFor(topology, service, place).includes(membership.self);
  const ofServices = plan.services
    .filter((service) => mayLead(service, names.indexOf(service)))
    .map((service) =>
      holdTenancy({
        ...common,
        service,
        candidates: candidatesFor(topology, service, names.indexOf(service)),
        open: standingAside(async (asked) => {
          const definition = await services[service]?.();
          if (definition === undefined) throw new Error(`there is no service ${service}`);
          const { guard } = topology.services[service] ?? {};
          const settings = options.settingsOf(service);
          const beside = await Promise.all(partnersBeside(service, options).map(options.integrationPlan));
          return openServiceTenure({ definition, settings, ...(guard && { guard }) }, beside, tenureWorld, asked);
        }, standing(service)),
      }),
    );
  // Whoever may lead the first service may keep the keys, and does so first; nobody else waits for their lease.
  const keeping = names.slice(0, 1).filter((first) => mayLead(first, 0));
  const ofKeys = keeping.map((first) =>
    holdTenancy({
      ...common,
      service: KEYRING,
      candidates: candidatesFor(topology, first, 0),
      open: standingAside((asked) => openKeysTenure(tenureWorld, masterKey, asked), standing(KEYRING)),
    }),
  );
  return {
    async stop() {
      await Promise.all([...ofServices, ...ofKeys].map((tenancy) => tenancy.stop()));
    },
  };
}

/** The replicas that may lead a service, those first that should; where leaders are spread, neighbours in the topology begin with different ones. */
function candidatesFor(topology: Topology, service: string, place: number): readonly string[] {
  const index = choicesOf(topology).leaders === 'spread' ? place : 0;
  return hostsOf(topology, service).flatMap(({ name, replicas }) =>
    Array.from({ length: replicas }, (_, turn) => replicaName(name, ((index + turn) % replicas) + 1)),
  );
}

function partnersBeside(service: string, { topology, demo }: TenanciesOptions): readonly string[] {
  return Object.entries(topology.integrations)
    .filter(([name, { when }]) => besides[name] === service && (when !== 'demo' || demo))
    .map(([name]) => name);
}
