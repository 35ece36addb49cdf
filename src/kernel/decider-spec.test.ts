import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Decider, DomainEvent } from './decider.ts';
import { fold } from './decider.ts';
import { given } from './decider-spec.ts';
import { accept, nothingToDo, reject } from './rejection.ts';

type Door = { readonly open: boolean; readonly guests: readonly string[] };
type DoorEvent = DomainEvent<'Opened', Record<string, never>> | DomainEvent<'Entered', { readonly who: string }>;
type DoorCommand = { readonly open: true } | { readonly enter: string };

const door: Decider<Door, DoorCommand, DoorEvent, 'door_closed'> = {
  initial: { open: false, guests: [] },
  decide(command, state) {
    if ('open' in command) return state.open ? nothingToDo : accept({ type: 'Opened', data: {} });
    if (!state.open) return reject('door_closed', 'The door is closed.');
    return state.guests.includes(command.enter)
      ? nothingToDo
      : accept({ type: 'Entered', data: { who: command.enter } });
  },
  evolve: (state, event) =>
    event.type === 'Opened' ? { ...state, open: true } : { ...state, guests: [...state.guests, event.data.who] },
};

const opened: DoorEvent = { type: 'Opened', data: {} };
const annEntered: DoorEvent = { type: 'Entered', data: { who: 'ann' } };

test('fold starts from the initial state and takes the events in order', () => {
  assert.deepEqual(fold(door, []), { open: false, guests: [] });
  assert.deepEqual(fold(door, [opened, annEntered]), { open: true, guests: ['ann'] });
});

test('a specification that holds passes', () => {
  given(door, []).when({ open: true }).then([opened]);
  given(door, [opened]).when({ enter: 'ann' }).then([annEntered]);
  given(door, [opened, annEntered], { redelivery: 'nothing' })
    .when({ enter: 'bo' })
    .then([{ type: 'Entered', data: { who: 'bo' } }]);
  given(door, []).when({ enter: 'ann' }).thenRejected('door_closed');
  given(door, [opened]).when({ open: true }).thenNothing();
});

test('a specification that does not hold fails', () => {
  assert.throws(() => given(door, []).when({ open: true }).then([]));
  assert.throws(() => given(door, []).when({ open: true }).thenNothing());
  assert.throws(() => given(door, []).when({ open: true }).thenRejected('door_closed'));
  assert.throws(() => given(door, []).when({ enter: 'ann' }).then([annEntered]));
  assert.throws(() => given(door, []).when({ enter: 'ann' }).thenNothing());
});

test('a decider that touches its arguments is caught', () => {
  const touchingDecide = {
    ...door,
    decide(command: DoorCommand, state: Door) {
      (state.guests as string[]).push('ghost');
      return door.decide(command, state);
    },
  };
  const touchingEvolve = {
    ...door,
    evolve(state: Door, event: DoorEvent) {
      (state as { open: boolean }).open = true;
      return door.evolve(state, event);
    },
  };
  const mapDecider: Decider<ReadonlyMap<string, number>, string, DomainEvent> = {
    initial: new Map(),
    decide(command, state) {
      (state as Map<string, number>).set(command, 1);
      return nothingToDo;
    },
    evolve: (state) => state,
  };
  assert.throws(() => given(touchingDecide, []).when({ open: true }).then([opened]), TypeError);
  assert.throws(() => given(touchingEvolve, [annEntered]).when({ open: true }).then([opened]), TypeError);
  assert.throws(() => given(mapDecider, []).when('ann').thenNothing(), /decide changed its arguments/);
});

test('a decider that is not pure, or whose events are not plain data, is caught', () => {
  let calls = 0;
  const counting = { ...door, decide: () => accept({ type: 'Entered' as const, data: { who: `${++calls}` } }) };
  assert.throws(() => given(counting, []).when({ open: true }).then([annEntered]), /not pure/);
  const dated = {
    ...door,
    decide: () => accept({ type: 'Entered' as const, data: { who: new Date(0) as unknown as string } }),
  };
  assert.throws(() => given(dated, []).when({ open: true }).then([annEntered]), /JSON cannot keep/);
});

test('redelivery is looked at as far as asked', () => {
  const once: typeof door = {
    ...door,
    decide: (command, state) =>
      'open' in command && state.open ? reject('door_closed', 'Already open.') : door.decide(command, state),
  };
  assert.throws(() => given(once, []).when({ open: true }).then([opened]), /redelivered command was rejected/);
  given(once, [], { redelivery: 'any' }).when({ open: true }).then([opened]);
  const always: typeof door = { ...door, decide: () => accept(opened) };
  given(always, []).when({ open: true }).then([opened]);
  assert.throws(
    () => given(always, [], { redelivery: 'nothing' }).when({ open: true }).then([opened]),
    /changed something/,
  );
});
