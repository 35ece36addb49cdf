import type { Logger } from '../telemetry/port.ts';
import { type Doubts, inDoubt } from './doubts.ts';
import type { Decision, DecisionLog, InDoubt } from './port.ts';
import type { AnyResource, Settling } from './settling.ts';
import { parseTransactionId } from './transaction-id.ts';

/** What a coordinator knows of its own transactions. */
export interface Ownership {
  readonly epoch: number;
  /** Transactions under way in this process: nobody else's business. */
  readonly live: ReadonlySet<string>;
  /** Decisions that the log was given and did not acknowledge. */
  readonly unacknowledged: Map<string, Decision>;
  /** Called when another coordinator has taken over. */
  readonly fenced: () => void;
}

export interface RecoveryOptions {
  readonly log: DecisionLog;
  readonly resources: ReadonlyMap<string, AnyResource>;
  readonly settling: Settling;
  readonly doubts: Doubts;
  readonly ownership: Ownership;
  readonly forget: (transactions: readonly string[]) => Promise<void>;
  readonly logger: Logger;
}

/**
 * One recovery: a branch whose transaction was decided is committed, one that no living transaction of ours owns is rolled back
 * (presumed abort); a coordinator that finds a newer one touches nothing. A resource that does not answer holds up nobody else.
 * Branches are listed before the living are counted, and those before the log is read: whoever is neither living nor decided by
 * then never will be.
 */
export function recovery(options: RecoveryOptions): () => Promise<void> {
  const { log, resources, settling, doubts, ownership, forget, logger } = options;
  const silent = new Set<string>();
  const cleaned = new Set<string>();

  async function listed(resource: AnyResource): Promise<readonly string[] | undefined> {
    try {
      const found = await settling.asked(resource.name, resource.recover(log.coordinator));
      if (silent.delete(resource.name)) logger.info({ resource: resource.name }, 'a resource answers again');
      return found;
    } catch (error) {
      const isNews = !silent.has(resource.name);
      silent.add(resource.name);
      if (isNews)
        logger.warn({ resource: resource.name, err: error }, 'a resource of two-phase commits does not answer');
      return undefined;
    }
  }

  async function insist(): Promise<void> {
    for (const decision of ownership.unacknowledged.values()) {
      if ((await log.record(ownership.epoch, decision)) === 'fenced') return ownership.fenced();
      ownership.unacknowledged.delete(decision.transaction);
    }
  }

  async function commitDecided(decisions: readonly Decision[]): Promise<readonly InDoubt[]> {
    const left = await Promise.all(
      decisions.map(async (decision) => {
        // Harmless, but two sessions would quarrel over one branch.
        if (ownership.live.has(decision.transaction)) return [];
        const waiting = await settling.commit(decision);
        if (waiting.length === 0) await forget([decision.transaction]);
        return waiting.map((resource) => inDoubt(decision.transaction, resource, 'commit'));
      }),
    );
    return left.flat();
  }

  async function rollBackOrphans(resource: AnyResource, orphans: readonly string[]): Promise<readonly InDoubt[]> {
    const settled = await Promise.all(orphans.map((transaction) => settling.rollback(resource, transaction)));
    return orphans
      .filter((_, index) => settled[index] === false)
      .map((transaction) => inDoubt(transaction, resource.name, 'rollback'));
  }

  /** What older coordinators committed and forgot, but died before their resources forgot it too. */
  async function clean(resource: AnyResource, decided: ReadonlySet<string>): Promise<void> {
    if (cleaned.has(resource.name)) return;
    const finished = (await settling.asked(resource.name, resource.remembered(log.coordinator))).filter(
      (each) => (parseTransactionId(each)?.epoch ?? 0) < ownership.epoch && !decided.has(each),
    );
    if (finished.length > 0) await settling.asked(resource.name, resource.forget(finished));
    cleaned.add(resource.name);
  }

  return async () => {
    const lists = await Promise.all([...resources.values()].map(async (each) => ({ each, found: await listed(each) })));
    const ours = new Set([...ownership.live, ...ownership.unacknowledged.keys()]);
    const undecided = [...ownership.unacknowledged.values()].flatMap(({ transaction, branches }) =>
      branches.map(({ resource }) => inDoubt(transaction, resource, 'undecided')),
    );
    const before = doubts.all();
    let decisions: readonly Decision[];
    try {
      await insist();
      const opened = await log.open();
      if (opened.epoch !== ownership.epoch) return ownership.fenced();
      decisions = opened.decisions;
    } catch (error) {
      logger.warn(
        { err: error },
        'the decision log does not answer: nothing can be committed or recovered until it does',
      );
      doubts.replace([...before.filter(({ fate }) => fate !== 'undecided'), ...undecided]);
      return;
    }
    const decided = new Set(decisions.map(({ transaction }) => transaction));
    const isOrphan = (transaction: string) => !ours.has(transaction) && !decided.has(transaction);
    const left = await Promise.all([
      commitDecided(decisions),
      ...lists.map(async ({ each, found }) => {
        if (found === undefined)
          return before.filter(({ resource, fate }) => resource === each.name && fate === 'rollback');
        const still = await rollBackOrphans(each, found.filter(isOrphan));
        await clean(each, decided).catch(() => undefined);
        return still;
      }),
    ]);
    doubts.replace(left.flat());
  };
}
