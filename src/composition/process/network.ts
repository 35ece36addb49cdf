import type { Contract } from '../../kernel/contract.ts';
import { type LocalCalls, localCalls } from '../../platform/calls/local.ts';
import { networkCalls } from '../../platform/calls/network.ts';
import type { Calls } from '../../platform/calls/port.ts';
import { remoteAsking } from '../../platform/calls/remote.ts';
import { callRoutes } from '../../platform/calls/routes.ts';
import type { Discovery } from '../../platform/discovery/port.ts';
import { rehearsalPolicy } from '../../platform/hospital/rehearsal.ts';
import type { HttpRoutes } from '../../platform/http/port.ts';
import { localInvalidations } from '../../platform/invalidation/local.ts';
import { type OpenMembership, openMembership } from '../../platform/membership/membership.ts';
import { noticeRoutes } from '../../platform/membership/routes.ts';
import { type Guard, type GuardSettings, guardOf } from '../../platform/resilience/guard.ts';
import { compose, type Policy } from '../../platform/resilience/port.ts';
import type { Logger, Tracing } from '../../platform/telemetry/port.ts';
import { deskContract } from '../console/desk.ts';
import type { Engines } from '../engines/engines.ts';
import { policies } from '../policies.ts';
import { keys } from './shared-keyring.ts';

/** How a process and its peers reach each other. */
export interface ProcessNetwork {
  readonly membership: OpenMembership;
  readonly calls: Calls;
  readonly local: LocalCalls;
  /** Of the services that are elsewhere. */
  readonly guards: readonly Guard[];
  /** Where peers come in. */
  readonly routes: readonly HttpRoutes[];
  close(): Promise<void>;
}

export interface ProcessNetworkOptions {
  readonly self: { readonly id: string; readonly origin: string };
  readonly discovery: Discovery;
  /** The name under which discovery knows the shop's processes. */
  readonly shop: string;
  readonly token: string;
  readonly contracts: ReadonlyMap<string, Contract>;
  /** What the topology says of the calls to a service. */
  readonly guardOf: (service: string) => GuardSettings | undefined;
  readonly engines: Pick<Engines, 'clock' | 'random'>;
  readonly logger: Logger;
  readonly tracing: Tracing;
}

/** Longer than anybody waits for an outcome. */
const TIMEOUT_MS = 40_000;
const GUARD: GuardSettings = { timeoutMs: TIMEOUT_MS, concurrent: 512, queued: 16_384, openMs: 500 };
const DESK = '.desk';

export function openProcessNetwork(options: ProcessNetworkOptions): ProcessNetwork {
  const { self, discovery, shop, token, contracts, engines, logger, tracing } = options;
  const { clock, random } = engines;
  const membership = openMembership({
    ...{ self, discovery, name: shop, token, local: localInvalidations(logger), clock, random, logger },
  });
  const local = localCalls(logger, tracing);
  const remote = remoteAsking({ token, clock, timeoutMs: TIMEOUT_MS });
  // A peer that is paused keeps its connection open, and would keep everybody waiting.
  membership.onCut(remote.drop);
  const guards: Guard[] = [];

  const policyOf = (contract: Contract) => {
    const rehearsing = rehearsalPolicy(contract, false);
    if (contract.service.endsWith(DESK)) return rehearsing;
    const guard = guardOf(contract.service, options.guardOf(contract.service) ?? GUARD, clock, logger);
    guards.push(guard);
    const guarded = policies(guard, engines);
    return (call: Contract['calls'][string]): Policy => compose(rehearsing(call), guarded(call));
  };
  const desks = [...contracts.keys()].map(deskContract);
  const calls = networkCalls({
    ...{ local, remote, membership, policyOf, clock },
    contracts: [...contracts.values(), ...desks, keys],
    leaderOf: (contract) => (contract.endsWith(DESK) ? contract.slice(0, -DESK.length) : contract),
  });
  return {
    ...{ membership, calls, local, guards },
    routes: [callRoutes(local, token, clock), noticeRoutes(membership, token)],
    async close() {
      await membership.close();
      await remote.close();
    },
  };
}
