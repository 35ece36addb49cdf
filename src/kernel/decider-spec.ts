import assert from 'node:assert/strict';
import type { Decider, DomainEvent } from './decider.ts';
import type { Decision } from './rejection.ts';

export interface SpecificationOptions {
  /**
   * What deciding the same command again, after its events, must come to. `accepted` (the default): no rejection.
   * `nothing`: accepted without events. `any`: not looked at, for commands that are not repeatable by themselves.
   */
  readonly redelivery?: 'accepted' | 'nothing' | 'any';
}

export interface Given<Command, Event, Code extends string> {
  readonly when: (command: Command) => When<Event, Code>;
}

export interface When<Event, Code extends string> {
  /** The command is accepted with exactly these events. */
  readonly then: (events: readonly Event[]) => void;
  /** The command is refused with this code. */
  readonly thenRejected: (code: Code) => void;
  /** The command is accepted and changes nothing. */
  readonly thenNothing: () => void;
}

/**
 * Says what a decider promises: `given(cart, [opened]).when(addLine).then([lineAdded])`. Throws an AssertionError when it does
 * not hold, when `decide` or `evolve` touches its arguments, when they answer differently the second time, when an event is
 * not plain data, or when the redelivery of an accepted command is refused.
 */
export function given<State, Command, Event extends DomainEvent, Code extends string>(
  decider: Decider<State, Command, Event, Code>,
  events: readonly Event[],
  options: SpecificationOptions = {},
): Given<Command, Event, Code> {
  return {
    when: (command) => ({
      // biome-ignore lint/suspicious/noThenProperty: given, when, then is what specifications are written in
      then: (expected) => {
        const decision = decideUntouched(decider, command, foldUntouched(decider, events));
        assert.ok(
          decision.ok,
          decision.ok ? '' : `rejected with ${decision.rejection.code}: ${decision.rejection.detail}`,
        );
        assert.deepEqual(plain(decision.events), plain(expected));
        checkRedelivery(decider, command, [...events, ...decision.events], options.redelivery ?? 'accepted');
      },
      thenRejected: (code) => {
        const decision = decideUntouched(decider, command, foldUntouched(decider, events));
        assert.ok(!decision.ok, `accepted with ${JSON.stringify(decision.ok && decision.events)} instead of ${code}`);
        assert.equal(decision.rejection.code, code);
      },
      thenNothing: () => {
        const decision = decideUntouched(decider, command, foldUntouched(decider, events));
        assert.ok(
          decision.ok,
          decision.ok ? '' : `rejected with ${decision.rejection.code}: ${decision.rejection.detail}`,
        );
        assert.deepEqual(plain(decision.events), []);
      },
    }),
  };
}

function checkRedelivery<State, Command, Event extends DomainEvent, Code extends string>(
  decider: Decider<State, Command, Event, Code>,
  command: Command,
  events: readonly Event[],
  promise: 'accepted' | 'nothing' | 'any',
): void {
  if (promise === 'any') return;
  const again = decideUntouched(decider, command, foldUntouched(decider, events));
  assert.ok(again.ok, again.ok ? '' : `the redelivered command was rejected with ${again.rejection.code}`);
  if (promise === 'nothing') assert.deepEqual(plain(again.events), [], 'the redelivered command changed something');
}

function decideUntouched<State, Command, Event extends DomainEvent, Code extends string>(
  decider: Decider<State, Command, Event, Code>,
  command: Command,
  state: State,
): Decision<Event, Code> {
  const unchanged = guard([command, state]);
  const decision = decider.decide(command, state);
  assert.deepEqual(
    decider.decide(command, state),
    decision,
    'decide answers differently the second time: it is not pure',
  );
  unchanged('decide');
  if (decision.ok) assertPlain(decision.events);
  return decision;
}

function foldUntouched<State, Event extends DomainEvent>(
  decider: Pick<Decider<State, never, Event>, 'initial' | 'evolve'>,
  events: readonly Event[],
): State {
  let state = decider.initial;
  for (const event of events) {
    const unchanged = guard([state, event]);
    const next = decider.evolve(state, event);
    unchanged('evolve');
    state = next;
  }
  return state;
}

/** Deep-freezes what can be frozen; the returned function checks the native maps and sets, which cannot. */
function guard(values: readonly unknown[]): (by: string) => void {
  const unfreezable: { readonly container: Iterable<unknown>; readonly before: readonly unknown[] }[] = [];
  const seen = new Set<unknown>();
  const freeze = (value: unknown): void => {
    if (typeof value !== 'object' || value === null || seen.has(value)) return;
    seen.add(value);
    const prototype: unknown = Object.getPrototypeOf(value);
    if (Array.isArray(value) || prototype === Object.prototype || prototype === null) {
      Object.freeze(value);
      for (const each of Object.values(value)) freeze(each);
    } else if (Symbol.iterator in value) {
      // Persistent collections protect themselves and keep caches inside; only what they hold is frozen.
      const before = [...(value as Iterable<unknown>)].map((each) => (value instanceof Map ? [...(each as [])] : each));
      if (value instanceof Map || value instanceof Set) unfreezable.push({ container: value, before });
      for (const each of before) for (const part of Array.isArray(each) ? each : [each]) freeze(part);
    }
  };
  for (const value of values) freeze(value);
  return (by) => {
    for (const { container, before } of unfreezable)
      assert.deepEqual([...container], before, `${by} changed its arguments`);
  };
}

function assertPlain(events: readonly DomainEvent[]): void {
  for (const event of events) {
    assert.deepEqual(withoutUndefined(event), plain(event), `${event.type} holds what JSON cannot keep`);
  }
}

function plain(value: unknown): unknown {
  return JSON.parse(JSON.stringify(value));
}

function withoutUndefined(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutUndefined);
  if (typeof value !== 'object' || value === null) return value;
  if (Object.getPrototypeOf(value) !== Object.prototype) return value;
  const fields = Object.entries(value).filter(([, each]) => each !== undefined);
  return Object.fromEntries(fields.map(([name, each]) => [name, withoutUndefined(each)]));
}
