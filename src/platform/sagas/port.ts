import type { JsonObject } from '../../kernel/json.ts';
import type { SagaDefinition, SagaState } from '../../kernel/saga.ts';
import type { Work } from '../event-store/port.ts';

/** A saga as its service wires it: the pure table, and what its end does to the service's own streams, in one commit with the end. */
export interface SagaWiring<Input = JsonObject> {
  readonly definition: SagaDefinition<Input>;
  /** Older definitions, for the runs that pinned them. */
  readonly olderDefinitions?: readonly SagaDefinition<Input>[];
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
  /** The runs that have not ended, oldest first. */
  inFlight(
    limit: number,
  ): Promise<readonly (SagaRun & { readonly saga: string; readonly wakeAt: number; readonly startedAt: number })[]>;
}
