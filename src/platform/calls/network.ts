import type { CallContext, Contract } from '../../kernel/contract.ts';
import { type Outcome, unknown } from '../../kernel/outcome.ts';
import type { Clock } from '../clock/port.ts';
import type { Leader, Membership, Reader } from '../membership/port.ts';
import { leastBusy } from '../resilience/least-busy.ts';
import { type Ask, compose, type Policy } from '../resilience/port.ts';
import { clientOver, type LocalCalls } from './local.ts';
import type { Calls } from './port.ts';
import type { RemoteAsking } from './remote.ts';

export interface NetworkOptions {
  readonly local: LocalCalls;
  readonly remote: RemoteAsking;
  readonly membership: Pick<Membership, 'leaderOf' | 'awaitLeader' | 'readersOf'>;
  /** What may be called; a call of another service is `unknown: unreachable`. */
  readonly contracts: readonly Contract[];
  /** How the calls to a service that is elsewhere are guarded. */
  readonly policyOf: (contract: Contract) => (call: Contract['calls'][string]) => Policy;
  /** Whoever leads this service answers the calls of a contract. Default: the contract's own service. */
  readonly leaderOf?: (contract: string) => string;
  readonly clock: Clock;
  /** How long a call waits for somebody who leads the service, at most, in ms. Default 8,000. */
  readonly patienceMs?: number;
}

/**
 * Calls to services wherever they are led: in this process as function calls, elsewhere over the link to the process that leads it. While nobody leads a service
 * its calls wait a little: a takeover is a pause, not a failure. Queries that need nothing of the leader go to whoever
 * answers them and has the least to do; where they all fail, the leader is asked.
 */
export function networkCalls(options: NetworkOptions): Calls {
  const { local, remote, membership, clock, patienceMs = 8_000, leaderOf = (service: string) => service } = options;

  const readers = leastBusy<Reader>(({ member }) => member, clock);

  /** The outcome from one of those who answer the query beside the leader; undefined when none of them does. */
  async function askReaders(
    service: string,
    call: string,
    request: unknown,
    context: CallContext,
  ): Promise<Outcome<unknown> | undefined> {
    let able = membership.readersOf(service).filter(({ calls, isSelf }) => !isSelf && calls.includes(call));
    for (let taken = readers.take(able); taken !== undefined; taken = readers.take(able)) {
      const { target } = taken;
      const outcome = await remote.ask(target.origin, service, call, request, context);
      const isThere = outcome !== 'elsewhere' && !(outcome.kind === 'unknown' && outcome.reason === 'unreachable');
      taken.ended(!isThere);
      if (isThere) return outcome;
      able = able.filter(({ member }) => member !== target.member);
    }
    return undefined;
  }

  async function askLeader(
    service: string,
    call: string,
    request: unknown,
    context: CallContext,
  ): Promise<Outcome<unknown>> {
    const until = clock.now() + Math.min(context.timeoutMs ?? patienceMs, patienceMs);
    const led = leaderOf(service);
    let refusing: Leader | undefined;
    for (;;) {
      const known = membership.leaderOf(led);
      const leader =
        known !== undefined && refusing === undefined
          ? known
          : await membership.awaitLeader(led, Math.max(0, until - clock.now()), refusing);
      if (leader === undefined) return unknown('unreachable');
      if (leader.isSelf) return local.ask(service, call, request, context);
      const outcome = await remote.ask(leader.origin, service, call, request, context);
      if (outcome !== 'elsewhere') return outcome;
      refusing = leader;
    }
  }

  const asks = new Map<string, Ask<unknown, unknown>>();
  for (const contract of options.contracts) {
    const policyOf = options.policyOf(contract);
    for (const [call, promised] of Object.entries(contract.calls)) {
      const { service } = contract;
      const ask: Ask<unknown, unknown> = async (request, context) =>
        (promised.kind === 'query' ? await askReaders(service, call, request, context) : undefined) ??
        askLeader(service, call, request, context);
      asks.set(`${contract.service}.${call}`, compose(policyOf(promised))(ask));
    }
  }

  const ask: Calls['ask'] = (service, call, request, context) => {
    if (local.answers(service, call)) return local.ask(service, call, request, context);
    return asks.get(`${service}.${call}`)?.(request, context) ?? Promise.resolve(unknown('unreachable'));
  };
  return { ask, serve: local.serve, client: (contract) => clientOver(ask, contract) };
}
