import type { Clock } from '../clock/port.ts';
import type { Logger } from '../telemetry/port.ts';
import type { Decision, Heuristic, Resource } from './port.ts';

/** Any resource: who only settles branches never touches their sessions. */
export type AnyResource = Resource<unknown>;

export interface Settling {
  /** Commits the branches of a decision as far as their resources answer in time; answers the resources that did not. */
  commit(decision: Decision): Promise<readonly string[]>;
  /** Whether the branch is settled: rolled back, or found committed by somebody's hand. */
  rollback(resource: AnyResource, transaction: string): Promise<boolean>;
  /** Asks a resource; throws when it has not answered in time, or at all. */
  asked<Answer>(resource: string, answer: Promise<Answer>): Promise<Answer>;
  readonly heuristics: readonly Heuristic[];
}

/** Carries decisions out at the resources, each of which has `answerWithinMs` (ms) for an answer. */
export function settling(options: {
  readonly resources: ReadonlyMap<string, AnyResource>;
  readonly clock: Clock;
  readonly logger: Logger;
  readonly answerWithinMs: number;
}): Settling {
  const { resources, clock, logger, answerWithinMs } = options;
  const heuristics: Heuristic[] = [];

  function asked<Answer>(resource: string, answer: Promise<Answer>): Promise<Answer> {
    return new Promise((resolve, reject) => {
      const tooLate = () => reject(new Error(`${resource} has not answered within ${answerWithinMs} ms`));
      const cancel = clock.after(answerWithinMs, tooLate);
      answer.then(resolve, reject).finally(cancel);
    });
  }

  function tell(heuristic: Heuristic): void {
    heuristics.push(heuristic);
    const contrary = heuristic.decided === 'commit' ? 'rolled back' : 'committed';
    logger.error(
      heuristic,
      `a branch in ${heuristic.resource} was ${contrary} by somebody's hand while the others were not: compare what the resources hold and mend it`,
    );
  }

  async function commitBranch(transaction: string, name: string, receipt: string): Promise<boolean> {
    const resource = resources.get(name);
    if (resource === undefined) return false;
    try {
      const fate = await asked(name, resource.commit(transaction, receipt));
      if (fate === 'lost') tell({ transaction, resource: name, decided: 'commit' });
      return fate !== 'busy';
    } catch (error) {
      logger.debug({ transaction, resource: name, err: error }, 'a branch could not be committed yet');
      return false;
    }
  }

  return {
    heuristics,
    asked,
    async commit({ transaction, branches }) {
      const settled = await Promise.all(
        branches.map(({ resource, receipt }) => commitBranch(transaction, resource, receipt)),
      );
      return branches.filter((_, index) => settled[index] === false).map(({ resource }) => resource);
    },
    async rollback(resource, transaction) {
      try {
        const fate = await asked(resource.name, resource.rollback(transaction));
        if (fate === 'committed') tell({ transaction, resource: resource.name, decided: 'rollback' });
        return fate !== 'busy';
      } catch (error) {
        logger.debug({ transaction, resource: resource.name, err: error }, 'a branch could not be rolled back yet');
        return false;
      }
    },
  };
}
