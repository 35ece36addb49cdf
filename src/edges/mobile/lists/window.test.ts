import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { type Anchored, pageWithin, SLACK, windowAround } from './window.ts';

/** A list as the search reads it. */
const read = (list: readonly string[], { offset, limit }: { offset: number; limit: number }) =>
  list.slice(offset, offset + limit);

/** The page at a place, and the places of the page after and the page before. */
function paged(list: readonly string[], place: Anchored | undefined, size: number) {
  const slice = windowAround(place, size);
  const ids = read(list, slice);
  const { from, to } = pageWithin(ids, slice, place, size);
  const [begin, end] = [slice.offset + from, slice.offset + to];
  const on = (anchor: string | undefined, offset: number, isBack: boolean): Anchored | undefined =>
    anchor === undefined ? undefined : { anchor, offset, isBack };
  return {
    page: ids.slice(from, to),
    next: end < list.length ? on(ids[to - 1] ?? place?.anchor, end - 1, false) : undefined,
    previous: begin > 0 ? on(ids[from], begin, true) : undefined,
  };
}

const sizes = fc.integer({ min: 1, max: 7 });
/** What comes in between two pages: at which places, as many at once as pages are held against. */
const arrivals = fc.array(fc.array(fc.nat(200), { maxLength: SLACK }), { minLength: 1, maxLength: 12 });

describe('a list that is read by offset', () => {
  it('holds every item once, whatever comes in while it is walked', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 40 }), sizes, arrivals, (count, size, comes) => {
        const first = Array.from({ length: count }, (_, index) => `item-${index}`);
        let list = first;
        let arrived = 0;
        const seen: string[] = [];
        let place: Anchored | undefined;
        for (let turn = 0; ; turn++) {
          assert.ok(turn < 500, 'the walk has no end');
          const { page, next } = paged(list, place, size);
          seen.push(...page);
          if (next === undefined) break;
          place = next;
          for (const at of comes[turn] ?? []) {
            const where = at % (list.length + 1);
            list = [...list.slice(0, where), `new-${arrived++}`, ...list.slice(where)];
          }
        }
        assert.equal(new Set(seen).size, seen.length, 'an item came twice');
        for (const item of first) assert.ok(seen.includes(item), `${item} never came`);
      }),
    );
  });

  it('is walked back over the same items', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 40 }), sizes, (count, size) => {
        const list = Array.from({ length: count }, (_, index) => `item-${index}`);
        let { page, next, previous } = paged(list, undefined, size);
        while (next !== undefined) ({ page, next, previous } = paged(list, next, size));
        const back = [...page];
        while (previous !== undefined) {
          ({ page, previous } = paged(list, previous, size));
          back.unshift(...page);
        }
        assert.deepEqual(back, list);
      }),
    );
  });

  it('goes on where its anchor stood when that has gone', () => {
    const list = ['a', 'b', 'c', 'd', 'e', 'f'];
    const { next } = paged(list, undefined, 2);
    const without = list.filter((item) => item !== 'b');
    assert.deepEqual(paged(without, next, 2).page, ['c', 'd']);
  });
});
