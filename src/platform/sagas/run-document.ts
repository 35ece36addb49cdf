import type { JsonObject } from '../../kernel/json.ts';
import type { SagaState } from '../../kernel/saga.ts';
import type { Collection } from '../../kernel/view.ts';
import type { Sealed } from '../keyring/port.ts';
import type { DocumentWrite } from '../storage/port.ts';
import type { StepFailure } from './port.ts';

/** The runs of a service's sagas. Ended runs are kept for 30 days, without their input and secrets. */
export const sagaRuns: Collection = {
  name: 'sagas',
  fields: { status: 'text', wakeAt: 'integer' },
  indexes: [['status', 'wakeAt']],
};

export const sagaCollections: readonly Collection[] = [sagaRuns];

/** A run as it is stored. */
export interface RunDocument {
  readonly saga: string;
  readonly id: string;
  /** Of the definition that the run pinned. */
  readonly definitionVersion: number;
  readonly status: 'running' | 'ended';
  /** Since when the run waits (running), as of the last record; or when it ended. In ms. */
  readonly wakeAt: number;
  /** The first answer of the step that was none. */
  readonly lastFailure?: StepFailure;
  readonly startedAt: number;
  readonly state: SagaState;
  readonly input?: JsonObject;
  readonly secrets?: Sealed;
  readonly traceparent?: string;
  /** Why an effect of the end was refused: an operator has to look at it. */
  readonly refusedEnd?: string;
}

/** Under which the document of a run lies. */
export function runKey(saga: string, id: string): string {
  return `${saga}/${id}`;
}

/** Writes a run, provided that its document is of the version that is expected; 0: there is none. */
export function writeRun(run: RunDocument, expectedVersion: number): DocumentWrite {
  const key = runKey(run.saga, run.id);
  return { collection: sagaRuns, generation: 0, key, body: run as unknown as JsonObject, expectedVersion };
}
