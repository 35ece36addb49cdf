import type { JsonObject } from './json.ts';
import type { Decision } from './rejection.ts';

/** An event as the rules see it: what happened, in the past tense, and its plain data. */
export interface DomainEvent<Type extends string = string, Data extends JsonObject = JsonObject> {
  readonly type: Type;
  readonly data: Data;
}

/**
 * A capability as two pure functions over plain data: no clock, no randomness, no I/O, no exceptions.
 * Time and ids come in with the command. Both functions leave their arguments as they were.
 */
export interface Decider<State, Command, Event extends DomainEvent, Code extends string = string> {
  /** The state of a stream without events. */
  readonly initial: State;
  /** Answers a command with the events that make it true, or with a rejection. */
  readonly decide: (command: Command, state: State) => Decision<Event, Code>;
  /** Folds one event into the state, in O(1) for every event that a hot stream sees. */
  readonly evolve: (state: State, event: Event) => State;
}

/** The state after `events`, from the decider's initial state. */
export function fold<State, Event extends DomainEvent>(
  decider: Pick<Decider<State, never, Event>, 'initial' | 'evolve'>,
  events: Iterable<Event>,
): State {
  let state = decider.initial;
  for (const event of events) state = decider.evolve(state, event);
  return state;
}
