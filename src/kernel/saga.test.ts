import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { reject } from './rejection.ts';
import {
  nextSagaState,
  type SagaDefinition,
  type SagaHeard,
  type SagaState,
  sagaCall,
  startSaga,
  takenUp,
} from './saga.ts';

const GIVE_UP_MS = 1_000;

interface Step {
  readonly undoable: boolean;
}

function definitionOf(steps: readonly Step[]): SagaDefinition<null> {
  return {
    name: 'test',
    version: 1,
    steps: steps.map(({ undoable }, index) => ({
      name: `s${index}`,
      ask: () => ({ service: 'any', call: 'do', request: { index } }),
      ...(undoable ? { undo: () => ({ service: 'any', call: 'undo', request: { index } }) } : {}),
      giveUpAfterMs: GIVE_UP_MS,
    })),
  };
}

const refusal = reject('out_of_stock', 'None left.');
const heardOf = (kind: SagaHeard['kind']): SagaHeard => {
  if (kind === 'done') return { kind, answer: 'yes' };
  if (kind === 'rejected' && !refusal.ok) return { kind, rejection: refusal.rejection };
  return { kind: 'unknown', reason: 'timeout' };
};

interface Run {
  readonly state: SagaState;
  /** What was asked, in order: `do 0`, `undo 1`. */
  readonly calls: readonly string[];
  /** Steps that were asked and not refused at their first asking: their effects may have happened. */
  readonly mayHold: ReadonlySet<number>;
  readonly undone: readonly number[];
}

/** Runs a saga against a partner that answers as `outcomes` say and, when they are used up, does what it is asked. */
function run(definition: SagaDefinition<null>, outcomes: readonly { kind: SagaHeard['kind']; afterMs: number }[]): Run {
  let now = 5_000;
  let state = startSaga(now);
  const calls: string[] = [];
  const mayHold = new Set<number>();
  const uncertain = new Set<number>();
  const undone: number[] = [];
  for (let turn = 0; ; turn++) {
    const call = sagaCall(definition, state, null, {});
    if (call === undefined) return { state, calls, mayHold, undone };
    assert.ok(turn < 1_000, 'the saga does not end');
    const index = Number(call.request.index);
    const { kind, afterMs } = outcomes[turn] ?? { kind: 'done' as const, afterMs: 1 };
    now += afterMs;
    const before = JSON.stringify(state);
    const next = nextSagaState(definition, state, heardOf(kind), now, null);
    assert.equal(JSON.stringify(state), before, 'the state given is left as it was');
    if (calls.at(-1) !== `${call.call} ${index}`) calls.push(`${call.call} ${index}`);
    if (call.call === 'do') {
      if (kind !== 'rejected') mayHold.add(index);
      if (kind === 'unknown') uncertain.add(index);
      if (kind === 'rejected' && !uncertain.has(index)) mayHold.delete(index);
    } else if (kind !== 'unknown') undone.push(index);
    state = next;
  }
}

const steps = fc.array(fc.record({ undoable: fc.boolean() }), { minLength: 1, maxLength: 6 });
const outcomes = fc.array(
  fc.record({
    kind: fc.constantFrom('done' as const, 'done' as const, 'rejected' as const, 'unknown' as const),
    afterMs: fc.constantFrom(1, 10, GIVE_UP_MS, 2 * GIVE_UP_MS),
  }),
  { maxLength: 30 },
);

test('a saga completes exactly when every step is done, else it undoes what may have happened, in reverse', () => {
  fc.assert(
    fc.property(steps, outcomes, (table, heard) => {
      const definition = definitionOf(table);
      const { state, calls, mayHold, undone } = run(definition, heard);
      const names = definition.steps.map((step) => step.name);
      const done = calls.filter((call) => call.startsWith('do '));
      assert.deepEqual(
        done,
        names.slice(0, done.length).map((_, index) => `do ${index}`),
        'steps are asked in order',
      );
      if (state.phase === 'completed') {
        assert.deepEqual(Object.keys(state.answers), names);
        assert.deepEqual(undone, []);
        assert.equal(state.rejection, undefined);
      } else {
        assert.equal(state.phase, 'failed');
        assert.ok(state.rejection);
        const toUndo = [...mayHold].filter((index) => table[index]?.undoable).sort((a, b) => b - a);
        assert.deepEqual(undone, toUndo);
        assert.deepEqual(
          calls.slice(done.length),
          toUndo.map((index) => `undo ${index}`),
        );
      }
    }),
    { numRuns: 500 },
  );
});

test('a state survives storage as JSON between any two turns', () => {
  fc.assert(
    fc.property(steps, outcomes, (table, heard) => {
      const definition = definitionOf(table);
      let state = startSaga(0);
      let stored = startSaga(0);
      heard.forEach(({ kind, afterMs }, turn) => {
        state = nextSagaState(definition, state, heardOf(kind), turn * afterMs, null);
        stored = JSON.parse(JSON.stringify(nextSagaState(definition, stored, heardOf(kind), turn * afterMs, null)));
      });
      assert.deepEqual(stored, JSON.parse(JSON.stringify(state)));
    }),
  );
});

test('an unknown outcome is asked again until the step’s deadline, then the step itself is undone too', () => {
  const definition = definitionOf([{ undoable: true }, { undoable: true }]);
  const unknown = heardOf('unknown');
  const first = nextSagaState(definition, startSaga(0), heardOf('done'), 10, null);
  const waiting = nextSagaState(definition, first, unknown, 10 + GIVE_UP_MS - 1, null);
  assert.deepEqual([waiting.phase, waiting.step, waiting.attempts], ['forward', 1, 1]);
  const givenUp = nextSagaState(definition, waiting, unknown, 10 + GIVE_UP_MS, null);
  assert.deepEqual([givenUp.phase, givenUp.step, givenUp.rejection?.code], ['compensating', 1, 'step_timed_out']);
  const stubborn = nextSagaState(definition, givenUp, unknown, 1_000_000_000, null);
  assert.deepEqual(
    [stubborn.phase, stubborn.step],
    ['compensating', 1],
    'what may be held is released, however long it takes',
  );
});

test('a run that is taken up undoes also what an earlier process may have done further on', () => {
  const definition = definitionOf([{ undoable: true }, { undoable: true }, { undoable: false }]);
  for (const kind of ['rejected', 'unknown'] as const) {
    const failing = nextSagaState(definition, takenUp(definition, startSaga(0)), heardOf(kind), GIVE_UP_MS, null);
    assert.deepEqual([failing.phase, failing.step], ['compensating', 1]);
    const back = nextSagaState(definition, failing, heardOf('done'), GIVE_UP_MS, null);
    assert.deepEqual([back.phase, back.step], ['compensating', 0]);
    assert.equal(takenUp(definition, back), back, 'what compensates goes on as it was');
  }
});

test('an ended run changes no more', () => {
  const definition = definitionOf([{ undoable: false }]);
  const completed = nextSagaState(definition, startSaga(0), heardOf('done'), 1, null);
  const failed = nextSagaState(definition, startSaga(0), heardOf('rejected'), 1, null);
  assert.deepEqual([completed.phase, failed.phase], ['completed', 'failed']);
  for (const kind of ['done', 'rejected', 'unknown'] as const) {
    assert.equal(nextSagaState(definition, completed, heardOf(kind), 2, null), completed);
    assert.equal(nextSagaState(definition, failed, heardOf(kind), 2, null), failed);
  }
});
