import type { JsonObject } from '../../kernel/json.ts';
import type { SagaDefinition, SagaState } from '../../kernel/saga.ts';
import type { Work } from '../event-store/port.ts';

/** A saga as its service wires it: the pure table, and what its end does to the service's own streams, in one commit with the end. */
export interface SagaWiring<Input = JsonObject> {
  readonly definition: SagaDefinition<Input>;
  /** Older definitions, and the next one before any release starts it, for the runs that pinned them. */
  readonly otherDefinitions?: readonly SagaDefinition<Input>[];
  /** Effects of completion or failure; `state.phase` tells which, `state.rejection` why. */
  readonly ended: (run: SagaRun<Input>) => Pick<Work, 'intents' | 'documents'>;
}

export interface SagaRun<Input = JsonObject> {
  /** Unique per definition. */
  readonly id: string;
  readonly input: Input;
  readonly state: SagaState;
}

/** Starts runs. The start is a part of somebody's work, so that cause and saga are one commit. */
export interface Sagas {
  /**
   * What to merge into the work that causes the run; a work that starts a run twice fails with a ConflictFault. Secrets are
   * sealed with the key of `person` and forgotten when the run ends. Throws when no such saga is wired.
   */
  starting(
    saga: string,
    id: string,
    input: JsonObject,
    secrets?: { readonly person: string; readonly values: JsonObject },
    traceparent?: string,
  ): Promise<Pick<Work, 'documents' | 'committed'>>;
  /** The runs that have not ended, those that wait longest first; only those whose step has waited longer than `waitingMs`, when given. */
  inFlight(limit: number, waitingMs?: number): Promise<readonly RunInFlight[]>;
}

/** A run as an operator sees it: as it stands now where this process drives it, else as it was last recorded. */
export interface RunInFlight extends SagaRun {
  readonly saga: string;
  readonly startedAt: number;
  /** The step that is asked (forward) or undone (compensating); since when is `state.since`. */
  readonly step: string;
  /** Whether this process drives it; one that nobody drives is taken up within a minute, or at the next start. */
  readonly driven: boolean;
  /** Why the last answer was none, and when. */
  readonly lastFailure?: StepFailure;
  /** When it is asked again; absent while it is being asked, and where this process does not drive it. */
  readonly nextTryAt?: number;
}

export interface StepFailure {
  /** `timeout`, `unreachable`, `fault`, `circuit_open`, `overloaded`. */
  readonly reason: string;
  readonly at: number;
}
