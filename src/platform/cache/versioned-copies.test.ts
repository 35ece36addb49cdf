import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { CacheUnavailable } from './port.ts';
import { gate, sharedWorld } from './strategies-harness.ts';
import { type Version, versionedCopies } from './versioned-copies.ts';

const at = (number: number, epoch = 'e'): Version => ({ epoch, number });
const state = (number: number, epoch = 'e') => ({ ...at(number, epoch), value: `state ${number}` });

/** An owner and other processes on one engine. */
function world() {
  const shared = sharedWorld();
  const { load: _, ...options } = shared.options;
  return { ...shared, options, owner: versionedCopies(options), other: versionedCopies(options) };
}

describe('versioned copies', () => {
  it('answer whoever has seen no more than them, in every process', async () => {
    const { owner, other } = world();
    assert.deepEqual(await other.get('a', at(0)), { kind: 'absent' });
    owner.keep('a', state(3));
    await owner.settled();
    assert.deepEqual(await other.get('a', at(3)), { kind: 'hit', copy: state(3) });
    assert.deepEqual(await other.get('a', at(2)), { kind: 'hit', copy: state(3) });
    assert.deepEqual(await other.get('a', at(4)), { kind: 'older' });
  });

  it('are written one after another for each key, the newest last, however they come', async () => {
    const { owner, other, options } = world();
    const slow = gate();
    const written: number[] = [];
    const slowly = versionedCopies({
      ...options,
      cache: {
        ...options.cache,
        async set(...entry) {
          await slow.opened;
          written.push(entry[1].byteLength);
          await options.cache.set(...entry);
        },
      },
    });
    for (const number of [1, 4, 2, 3]) slowly.keep('a', state(number));
    slow.open();
    await slowly.settled();
    assert.deepEqual([written.length, await other.get('a', at(4))], [2, { kind: 'hit', copy: state(4) }]);
    owner.keep('a', state(5));
    await owner.settled();
    assert.equal((await other.get('a', at(5))).kind, 'hit');
  });

  it('of another epoch, of which the truth was restored since, are not shown', async () => {
    const { owner, other } = world();
    owner.keep('a', state(9, 'before the restore'));
    await owner.settled();
    assert.deepEqual(await other.get('a', at(5)), { kind: 'older' });
  });

  it('of another epoch take the place of one that is being written', async () => {
    const { owner, other } = world();
    owner.keep('a', state(9, 'before the restore'));
    owner.keep('a', state(2));
    owner.keep('a', state(1));
    await owner.settled();
    assert.deepEqual(await other.get('a', at(2)), { kind: 'hit', copy: state(2) });
  });

  it('lose: what an owner committed and died before it left a copy of is unseen by others until the time is over', async () => {
    const { owner, other, options, ...test } = world();
    owner.keep('a', state(1));
    await owner.settled();
    // Version 2 was committed, and its copy never written. Who has seen it is not shown version 1; who has not, is.
    assert.equal((await other.get('a', at(2))).kind, 'older');
    assert.deepEqual(await other.get('a', at(1)), { kind: 'hit', copy: state(1) });
    test.state.now += options.ttlMs + 1;
    assert.equal((await other.get('a', at(1))).kind, 'absent');
  });

  it('lose: a former owner that wakes up puts its older copy over the newer one; nobody who saw the newer is shown it', async () => {
    const { owner, other, options } = world();
    const former = versionedCopies(options);
    owner.keep('a', state(2));
    await owner.settled();
    former.keep('a', state(1));
    await former.settled();
    assert.equal((await other.get('a', at(2))).kind, 'older');
    assert.equal((await other.get('a', at(1))).kind, 'hit');
  });

  it('lose: with the engine away nothing is kept and nothing found, and the caller is told', async () => {
    const { options, ...test } = world();
    const told: unknown[] = [];
    const copies = versionedCopies({ ...options, onAway: (cause) => told.push(cause) });
    test.state.isAway = true;
    copies.keep('a', state(1));
    await copies.settled();
    assert.deepEqual(await copies.get('a', at(0)), { kind: 'absent' });
    assert.ok(told.length === 2 && told.every((cause) => cause instanceof CacheUnavailable));
    test.state.isAway = false;
    assert.deepEqual(await copies.get('a', at(0)), { kind: 'absent' });
    copies.keep('a', state(1));
    await copies.settled();
    assert.equal((await copies.get('a', at(1))).kind, 'hit');
  });

  it('of more keys at once than may be are not kept', async () => {
    const { options, other } = world();
    const copies = versionedCopies({ ...options, mostUnderWay: 2 });
    for (const key of ['a', 'b', 'c']) copies.keep(key, state(1));
    await copies.settled();
    const kinds = await Promise.all(['a', 'b', 'c'].map(async (key) => (await other.get(key, at(1))).kind));
    assert.deepEqual(kinds, ['hit', 'hit', 'absent']);
  });

  /** What may happen between a shopper's reads: a commit whose copy arrives or does not, an engine that falls back, a late write. */
  const Happening = fc.oneof(
    fc.record({ kind: fc.constant('commit' as const), copied: fc.boolean() }),
    fc.record({ kind: fc.constant('fall back' as const), to: fc.nat({ max: 20 }) }),
    fc.record({ kind: fc.constant('lost' as const) }),
    fc.record({ kind: fc.constant('read' as const), shopper: fc.nat({ max: 2 }) }),
  );

  it('never show anybody an older state than they have been shown, in whatever order things happen', async () => {
    let hits = 0;
    await fc.assert(
      fc.asyncProperty(fc.array(Happening, { minLength: 5, maxLength: 40 }), async (happenings) => {
        const { owner, other, options } = world();
        const seen = [0, 0, 0];
        let committed = 1;
        for (const each of happenings) {
          if (each.kind === 'commit') {
            committed++;
            if (each.copied) owner.keep('a', state(committed));
          } else if (each.kind === 'lost') await options.cache.delete('a');
          // A replica that had heard less, or a former owner: any earlier state lies there again.
          else if (each.kind === 'fall back') owner.keep('a', state(1 + (each.to % committed)));
          else {
            const found = await other.get('a', at(seen[each.shopper] ?? 0));
            if (found.kind === 'hit') hits++;
            const shown = found.kind === 'hit' ? found.copy.number : committed;
            assert.ok(shown >= (seen[each.shopper] ?? 0) && shown <= committed);
            seen[each.shopper] = shown;
          }
          await owner.settled();
        }
      }),
      { numRuns: 200 },
    );
    assert.ok(hits > 100, `${hits} answers came from copies`);
  });
});
