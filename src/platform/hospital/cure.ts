import { ConflictFault, type EventStore, UnavailableFault } from '../event-store/port.ts';
import type { DocumentWrite } from '../storage/port.ts';
import { type ForeseeOptions, foresee } from './foresee.ts';
import {
  type Case,
  type CaseAction,
  type DirectCase,
  type DryRun,
  type Failure,
  failureOf,
  isDirect,
  refusalOf,
  type Treatment,
} from './port.ts';

/** What may be tried on one case. */
export interface Cure {
  /** Does what the case is about and commits it together with `documents`; answers why not, when nothing was written. */
  attempt(documents: readonly DocumentWrite[]): Promise<Failure | undefined>;
  dryRun(): Promise<DryRun>;
}

export interface CureOptions extends ForeseeOptions {
  readonly store: Pick<EventStore, 'decide' | 'load'>;
  /** By subscription; undefined for one that no longer exists: its events are given up. */
  readonly treatments: (subscription: string) => Treatment | undefined;
  /** What the retry of a direct case does, by the name that the case gives. */
  readonly actions: Readonly<Record<string, CaseAction>>;
}

/** The cure of a case; undefined when there is none. */
export function cureOf(sick: Case, options: CureOptions): Cure | undefined {
  if (isDirect(sick)) {
    const action = sick.action === undefined ? undefined : options.actions[sick.action];
    return action && cureByAction(sick, action, options);
  }
  const { event, edited, subscription } = sick;
  const treatment = options.treatments(subscription);
  return (
    treatment && {
      attempt: (documents) => treatment.attempt(event, edited, documents),
      dryRun: () => foresee(async () => treatment.effects(event, edited), treatment.harmless, options),
    }
  );
}

function cureByAction(sick: DirectCase, action: CaseAction, options: CureOptions): Cure {
  const { store, clock } = options;
  const asked = {
    caseId: sick.id,
    subject: sick.subject,
    data: sick.edited ?? sick.data,
    idempotencyKey: `hospital.${sick.id}`,
    ...(sick.traceparent !== undefined && { traceparent: sick.traceparent }),
  };

  return {
    async attempt(documents) {
      try {
        const outcome = await action(asked);
        if (outcome.kind === 'rejected') return refusalOf(outcome.rejection, 1, clock.now());
        if (outcome.kind === 'unknown') return unknownOf(outcome.reason, clock.now());
        const { intents = [], documents: written = [] } = outcome.answer ?? {};
        const decided = await store.decide({ intents, documents: [...written, ...documents] });
        return decided.ok ? undefined : refusalOf(decided.rejection, 1, clock.now());
      } catch (fault) {
        if (fault instanceof ConflictFault || fault instanceof UnavailableFault) throw fault;
        return failureOf(fault, 1, clock.now());
      }
    },
    dryRun: () =>
      foresee(
        async () => {
          const outcome = await action(asked);
          if (outcome.kind === 'done') return outcome.answer;
          throw new Error(
            outcome.kind === 'rejected' ? outcome.rejection.detail : `the outcome is unknown (${outcome.reason})`,
          );
        },
        new Set(),
        options,
      ),
  };
}

function unknownOf(reason: string, at: number): Failure {
  const detail = 'It is not known whether it was done: a retry asks again with the same key.';
  return { kind: 'fault', code: reason, detail, attempts: 1, at };
}
