import type { Origin, Origins } from '../../edges/gateway/front/origins.ts';
import { type Clock, sleep } from '../../platform/clock/port.ts';
import type { Instance } from '../../platform/discovery/port.ts';
import type { Leader, Membership } from '../../platform/membership/port.ts';
import { forwardedFor } from '../process/forwarded-for.ts';
import { replicasOf } from '../topology/processes.ts';
import type { Topology } from '../topology.ts';

export interface ShopOriginsOptions {
  readonly topology: Pick<Topology, 'processes' | 'services'>;
  readonly membership: Pick<Membership, 'leaderOf' | 'lives' | 'onChange'>;
  /** Where the shop's processes answer, as discovery knows now. */
  readonly instances: () => readonly Instance[];
  /** What processes of the shop show each other. */
  readonly token: string;
  readonly clock: Clock;
}

export interface ShopOrigins extends Origins {
  /** Whether somebody has the upstream now. Only looks: it is nobody's turn for it. */
  isThere(upstream: string): boolean;
}

/**
 * Where a shop's services and edges are: of a service the process that leads it, so that nobody has to forward the request once
 * more; of an edge the replicas that show it and live, by turns.
 */
export function shopOrigins({ topology, membership, instances, token, clock }: ShopOriginsOptions): ShopOrigins {
  const replicas = replicasOf(topology);
  const showing = new Map<string, readonly string[]>();
  for (const edge of new Set(replicas.flatMap(({ plan }) => plan.edges))) {
    const names = replicas.filter(({ plan }) => plan.edges.includes(edge)).map(({ name }) => name);
    showing.set(edge, names);
  }
  const ofLeaders = new WeakMap<Leader, Map<string, Origin>>();
  const ofReplicas = new Map<string, Origin>();
  const turns = new Map<string, number>();
  const told = (upstream: string, origin: string): Origin => ({ origin, headers: forwardedFor(upstream, token) });

  const leading = (service: string): Origin | undefined => {
    const leader = membership.leaderOf(service);
    if (leader === undefined) return undefined;
    const known = ofLeaders.get(leader) ?? new Map<string, Origin>();
    ofLeaders.set(leader, known);
    const origin = known.get(service) ?? told(service, leader.origin);
    known.set(service, origin);
    return origin;
  };
  const addressOf = (edge: string, replica: string): Origin | undefined => {
    const address = instances().find(({ id }) => id === replica)?.origin;
    if (address === undefined) return undefined;
    const known = ofReplicas.get(`${edge} ${address}`) ?? told(edge, address);
    ofReplicas.set(`${edge} ${address}`, known);
    return known;
  };
  const living = (edge: string) => (showing.get(edge) ?? []).filter(membership.lives);
  const byTurns = (edge: string): Origin | undefined => {
    const names = living(edge);
    const turn = turns.get(edge) ?? 0;
    turns.set(edge, turn + 1);
    const name = names[turn % names.length];
    return name === undefined ? undefined : addressOf(edge, name);
  };
  const isAnother = (upstream: string, than: Origin | undefined): boolean => {
    if (showing.has(upstream)) return living(upstream).length > 0;
    const now = leading(upstream);
    return now !== undefined && now !== than;
  };

  return {
    isThere: (upstream) =>
      showing.has(upstream)
        ? living(upstream).some((name) => addressOf(upstream, name) !== undefined)
        : membership.leaderOf(upstream) !== undefined,
    of: (upstream) => (showing.has(upstream) ? byTurns(upstream) : leading(upstream)),
    change(upstream, than, waitMs) {
      // Who comes next shows the edge as well; only a short while must pass before the same one is asked again.
      if (than !== undefined && showing.has(upstream)) return sleep(clock, waitMs);
      if (isAnother(upstream, than)) return Promise.resolve();
      return new Promise((resolve) => {
        const settle = () => {
          cancel();
          stop();
          resolve();
        };
        const cancel = clock.after(waitMs, settle);
        const stop = membership.onChange(() => {
          if (isAnother(upstream, than) || (than !== undefined && leading(upstream) === undefined)) settle();
        });
      });
    },
  };
}
