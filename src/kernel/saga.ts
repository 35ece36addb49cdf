import type { Json, JsonObject } from './json.ts';
import type { Rejection } from './rejection.ts';

/** A question to a service: the call's name in its contract, and the request. */
export interface SagaCall {
  readonly service: string;
  readonly call: string;
  readonly request: JsonObject;
}

/** The answers of the steps that are done, by step name. */
export type SagaAnswers = Readonly<Record<string, Json>>;

/**
 * One step of a saga and its undoing, as pure functions. `secrets` are kept with the saga only (a payment token), sealed, and
 * forgotten when the saga ends; they never enter an event. A step's key is fixed by saga and step, so it may be asked again.
 */
export interface SagaStep<Input> {
  readonly name: string;
  /** A step refused when it is first asked is not undone: should that question arrive twice, its service bounds what it holds. */
  readonly ask: (input: Input, answers: SagaAnswers, secrets: JsonObject) => SagaCall;
  /** Safe when nothing happened. Absent where there is nothing to undo. */
  readonly undo?: (input: Input, answers: SagaAnswers) => SagaCall;
  /** How long the step is asked again while its outcome is unknown, in milliseconds; then it is undone with the rest. */
  readonly giveUpAfterMs: number;
  /**
   * The last moment, in ms, at which the step may still be done, whoever asks it and however often the run is taken up; an answer
   * that comes later is undone. Absent: there is none.
   */
  readonly latest?: (input: Input) => number;
}

/** A business transaction across services: a table of steps and compensations, with a version that a run pins. */
export interface SagaDefinition<Input> {
  readonly name: string;
  readonly version: number;
  readonly steps: readonly SagaStep<Input>[];
}

/** Where a run stands. Plain data; what is stored. */
export interface SagaState {
  readonly phase: 'forward' | 'compensating' | 'completed' | 'failed';
  /** Index of the step to ask next (forward) or to undo next (compensating). */
  readonly step: number;
  readonly answers: SagaAnswers;
  /** When the current step was first asked, in ms. */
  readonly since: number;
  /** Of a run taken up after a crash: the furthest step that may have been asked before. */
  readonly reach?: number;
  readonly attempts: number;
  readonly rejection?: Rejection;
}

/** The state of a run that starts at `now`. */
export function startSaga(now: number): SagaState {
  return { phase: 'forward', step: 0, answers: {}, since: now, attempts: 0 };
}

/**
 * A run that somebody takes up where another process left it. Which steps that one had asked is not recorded, so from here on
 * every step may have happened: when the run fails, all are undone.
 */
export function takenUp<Input>(definition: SagaDefinition<Input>, state: SagaState): SagaState {
  return state.phase === 'forward' ? { ...state, reach: definition.steps.length - 1 } : state;
}

/** What the runner heard from the call it made for the current step. */
export type SagaHeard =
  | { readonly kind: 'done'; readonly answer: Json }
  | { readonly kind: 'rejected'; readonly rejection: Rejection }
  | { readonly kind: 'unknown'; readonly reason: string };

/**
 * The next state of a run. Forward: an answer moves on; a rejection compensates the steps before it, and the step itself when
 * it was asked more than once; an unknown outcome is
 * asked again until the step's deadline, then the step itself and those before it are undone; so are they when the answer comes
 * after the step's latest moment. A run that was taken up undoes
 * the steps after it too, for they may have happened. Compensating: an answer or a
 * rejection (there was nothing to undo) moves back; an unknown outcome is asked again without end, for what may be held
 * must be released.
 */
export function nextSagaState<Input>(
  definition: SagaDefinition<Input>,
  state: SagaState,
  heard: SagaHeard,
  now: number,
  input: Input,
): SagaState {
  if (state.phase === 'completed' || state.phase === 'failed') return state;
  if (state.phase === 'compensating') {
    return heard.kind === 'unknown'
      ? { ...state, attempts: state.attempts + 1 }
      : undoFrom(definition, state, state.step - 1, now);
  }
  const step = definition.steps[state.step];
  if (step === undefined) return { ...state, phase: 'completed' };
  const isTooLate = now > latestOf(step, input);
  if (heard.kind === 'done' && !isTooLate) {
    const moved = {
      ...state,
      step: state.step + 1,
      answers: { ...state.answers, [step.name]: heard.answer },
      since: now,
      attempts: 0,
    };
    return moved.step === definition.steps.length ? { ...moved, phase: 'completed' } : moved;
  }
  const { reach = -1 } = state;
  if (heard.kind === 'rejected') {
    // A question asked before, whose answer never came, may still be on its way.
    const asked = state.attempts > 0 ? state.step : state.step - 1;
    return undoFrom(definition, { ...state, rejection: heard.rejection }, Math.max(asked, reach), now);
  }
  if (!isTooLate && now - state.since < step.giveUpAfterMs) return { ...state, attempts: state.attempts + 1 };
  return undoFrom(definition, { ...state, rejection: timedOut(step.name) }, Math.max(state.step, reach), now);
}

/**
 * The state of a completed run whose end could not be written until now: as it is, or, when the latest moment of one of its
 * steps has gone by meanwhile, turned to compensation.
 */
export function stillCompleted<Input>(
  definition: SagaDefinition<Input>,
  state: SagaState,
  now: number,
  input: Input,
): SagaState {
  const missed = definition.steps.find((step) => now > latestOf(step, input));
  if (state.phase !== 'completed' || missed === undefined) return state;
  return undoFrom(definition, { ...state, rejection: timedOut(missed.name) }, definition.steps.length - 1, now);
}

/** The call that the state waits for, or undefined when the run has ended. */
export function sagaCall<Input>(
  definition: SagaDefinition<Input>,
  state: SagaState,
  input: Input,
  secrets: JsonObject,
): SagaCall | undefined {
  const step = definition.steps[state.step];
  if (state.phase === 'forward') return step?.ask(input, state.answers, secrets);
  if (state.phase === 'compensating') return step?.undo?.(input, state.answers);
  return undefined;
}

/** The latest moment of a step, in ms; infinite where there is none. */
export function latestOf<Input>(step: SagaStep<Input> | undefined, input: Input): number {
  return step?.latest?.(input) ?? Number.POSITIVE_INFINITY;
}

function timedOut(step: string): Rejection {
  return { code: 'step_timed_out', detail: `No answer from ${step} in time.`, extra: { step } };
}

function undoFrom<Input>(definition: SagaDefinition<Input>, state: SagaState, from: number, now: number): SagaState {
  for (let index = from; index >= 0; index--) {
    if (definition.steps[index]?.undo !== undefined)
      return { ...state, phase: 'compensating', step: index, since: now, attempts: 0 };
  }
  return { ...state, phase: 'failed', since: now, attempts: 0 };
}
