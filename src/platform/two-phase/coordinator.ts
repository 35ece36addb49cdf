import { type Outcome, unknown } from '../../kernel/outcome.ts';
import type { Clock, Random } from '../clock/port.ts';
import type { Logger } from '../telemetry/port.ts';
import { doubts as openDoubts } from './doubts.ts';
import { gathered } from './gathered.ts';
import {
  type Branch,
  BranchFault,
  type Coordinator,
  type Decision,
  type DecisionLog,
  FencedFault,
  type Resource,
  type Transaction,
} from './port.ts';
import { recovery } from './recovery.ts';
import { type AnyResource, settling as openSettling } from './settling.ts';
import { newTransactionId } from './transaction-id.ts';

export interface CoordinatorOptions {
  readonly log: DecisionLog;
  /** Every resource that this name ever used and that may still hold branches. */
  readonly resources: readonly AnyResource[];
  readonly clock: Clock;
  readonly random: Random;
  readonly logger: Logger;
  /** How long one answer of a resource or the log is waited for. Default 5,000. */
  readonly answerWithinMs?: number;
  /** Default 5,000. */
  readonly recoverEveryMs?: number;
  /** From what age on a transaction in doubt is told. Default 10,000. */
  readonly warnAfterMs?: number;
}

type Branches = ReadonlyMap<string, Branch<unknown>>;

/**
 * Opens the coordinator of the log's name: fences the one before it and settles what that left, as far as resources answer. Throws
 * when the decision log is out of reach.
 */
export async function openCoordinator(options: CoordinatorOptions): Promise<Coordinator> {
  const { log, clock, random, logger, answerWithinMs = 5_000, recoverEveryMs = 5_000, warnAfterMs = 10_000 } = options;
  const name = log.coordinator;
  const resources = new Map(options.resources.map((resource) => [resource.name, resource]));
  const settling = openSettling({ resources, clock, logger, answerWithinMs });
  const doubts = openDoubts({ clock, logger, warnAfterMs });
  const live = new Set<string>();
  const unacknowledged = new Map<string, Decision>();
  const underWay = new Set<Promise<unknown>>();
  let fenced = false;
  let closed = false;
  let stopTimer = () => {};

  const epoch = await log.takeOver();

  function beFenced(): void {
    if (!fenced)
      logger.error({ coordinator: name, epoch }, 'another coordinator has taken over; this one decides nothing more');
    fenced = true;
    unacknowledged.clear();
    doubts.replace([]);
  }

  /** Forgotten in the log first: a resource that remembers too long does no harm. */
  const forgetAll = gathered(async (finished: readonly (readonly string[])[]) => {
    const transactions = finished.flat();
    await log.forget(transactions);
    await Promise.allSettled([...resources.values()].map((resource) => resource.forget(transactions)));
  });

  function track(promise: Promise<unknown>): void {
    const settled = promise.catch(() => undefined).finally(() => underWay.delete(settled));
    underWay.add(settled);
  }

  const sweep = recovery({
    ...{ log, resources, settling, doubts, logger, forget: forgetAll },
    ownership: { epoch, live, unacknowledged, fenced: beFenced },
  });
  let recovering: Promise<void> = Promise.resolve();
  function recover(): Promise<void> {
    recovering = recovering.then(async () => {
      if (!fenced) await sweep();
    });
    return recovering;
  }

  function recoverLater(): void {
    stopTimer = clock.after(recoverEveryMs, () => {
      recover()
        .catch((error) => logger.error({ err: error }, 'a recovery of two-phase commits failed'))
        .finally(() => closed || recoverLater());
    });
  }

  async function abandon(branches: Branches): Promise<void> {
    await Promise.allSettled([...branches].map(([resource, branch]) => settling.asked(resource, branch.abandon())));
  }

  /** Once a branch was asked to promise, only its resource knows whether it did. */
  async function rollBack(id: string, branches: Branches): Promise<void> {
    await abandon(branches);
    const settled = await Promise.all(
      [...branches.keys()].map(async (name) => {
        const resource = resources.get(name);
        return resource !== undefined && (await settling.rollback(resource, id));
      }),
    );
    const left = [...branches.keys()].filter((_, index) => settled[index] === false);
    if (left.length > 0) doubts.add(id, left, 'rollback');
  }

  async function prepareAll(id: string, branches: Branches): Promise<Decision> {
    const names = [...branches.keys()];
    const promised = await Promise.allSettled(
      [...branches].map(([resource, branch]) => settling.asked(resource, branch.prepare())),
    );
    const receipts = promised.map((each, index) => {
      if (each.status === 'fulfilled') return { resource: names[index] ?? '', receipt: each.value };
      throw branchFault(names[index] ?? '', each.reason);
    });
    return { transaction: id, branches: receipts };
  }

  async function decide(decision: Decision): Promise<'recorded' | 'unknown'> {
    let answer: 'recorded' | 'fenced' | 'unknown';
    try {
      answer = await settling.asked('the decision log', log.record(epoch, decision));
    } catch (error) {
      logger.warn({ transaction: decision.transaction, err: error }, 'the decision log did not acknowledge a decision');
      answer = await settling.asked('the decision log', log.record(epoch, decision)).catch(() => 'unknown' as const);
      // Whether the first attempt was recorded before the fence, the other coordinator knows.
      if (answer === 'fenced') {
        beFenced();
        return 'unknown';
      }
    }
    if (answer !== 'fenced') return answer;
    beFenced();
    throw fencedFault(name);
  }

  async function commit<Answer>(id: string, branches: Branches, outcome: Outcome<Answer>): Promise<Outcome<Answer>> {
    let decision: Decision;
    try {
      decision = await prepareAll(id, branches);
      if (fenced) throw fencedFault(name);
      if ((await decide(decision)) === 'unknown') {
        if (!fenced) {
          unacknowledged.set(id, decision);
          doubts.add(id, [...branches.keys()], 'undecided');
        }
        return unknown('unreachable');
      }
    } catch (error) {
      await rollBack(id, branches);
      throw error;
    }
    const waiting = await settling.commit(decision);
    if (waiting.length > 0) doubts.add(id, waiting, 'commit');
    else track(forgetAll([id]));
    return outcome;
  }

  async function run<Answer>(
    id: string,
    work: (transaction: Transaction) => Promise<Outcome<Answer>>,
  ): Promise<Outcome<Answer>> {
    const enlisted = new Map<string, Promise<Branch<unknown>>>();
    const transaction: Transaction = {
      id,
      async enlist(resource) {
        if (resources.get(resource.name) !== (resource as AnyResource))
          throw new Error(`${resource.name} is no resource of the coordinator ${name}`);
        const begun = enlisted.get(resource.name) ?? begin(resource, id);
        enlisted.set(resource.name, begun);
        return (await begun).session as never;
      },
    };
    const worked = await Promise.resolve(transaction)
      .then(work)
      .then(
        (outcome) => ({ outcome }),
        (fault: unknown) => ({ fault }),
      );
    const { branches, missing } = await begunOf(enlisted);
    if ('outcome' in worked && worked.outcome.kind === 'done' && missing === undefined)
      return branches.size === 0 ? worked.outcome : commit(id, branches, worked.outcome);
    await abandon(branches);
    if ('fault' in worked) throw worked.fault;
    if (missing !== undefined) throw missing;
    return worked.outcome;
  }

  await recover();
  recoverLater();

  return {
    name,
    epoch,
    async transact(work) {
      if (fenced) throw fencedFault(name);
      if (closed) throw new Error(`the coordinator ${name} is closed`);
      const id = newTransactionId(name, epoch, clock.now(), random);
      live.add(id);
      const running = run(id, work).finally(() => live.delete(id));
      track(running);
      return running;
    },
    recover,
    inDoubt: () => doubts.all(),
    heuristics: () => settling.heuristics,
    async close() {
      closed = true;
      stopTimer();
      await recovering.catch(() => undefined);
      while (underWay.size > 0) await Promise.all(underWay);
    },
  };
}

async function begin(resource: Resource<unknown>, id: string): Promise<Branch<unknown>> {
  try {
    return await resource.begin(id);
  } catch (error) {
    throw branchFault(resource.name, error);
  }
}

/** The branches that were begun, and why one was not, whether the work waited for them or not. */
async function begunOf(
  enlisted: ReadonlyMap<string, Promise<Branch<unknown>>>,
): Promise<{ readonly branches: Branches; readonly missing?: BranchFault }> {
  const branches = new Map<string, Branch<unknown>>();
  let missing: BranchFault | undefined;
  for (const [name, begun] of enlisted) {
    try {
      branches.set(name, await begun);
    } catch (error) {
      missing = error as BranchFault;
    }
  }
  return missing === undefined ? { branches } : { branches, missing };
}

function branchFault(resource: string, cause: unknown): BranchFault {
  return new BranchFault(`${resource} could not take part: ${cause instanceof Error ? cause.message : cause}`, {
    cause,
  });
}

function fencedFault(name: string): FencedFault {
  return new FencedFault(`another coordinator ${name} has taken over: nothing was committed`);
}
