import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { Problem } from '../../platform/http/problem.ts';
import { silentLogger } from '../../platform/telemetry/silent.ts';
import { type Part, pipeline, type Stages } from './pipeline.ts';

/** A clock that is turned by hand. */
function handClock() {
  let now = 0;
  const timers = new Set<{ at: number; task: () => void }>();
  return {
    now: () => now,
    after(delayMs: number, task: () => void) {
      const timer = { at: now + delayMs, task };
      timers.add(timer);
      return () => void timers.delete(timer);
    },
    turn(ms: number) {
      now += ms;
      for (const timer of [...timers]) {
        if (timer.at > now) continue;
        timers.delete(timer);
        timer.task();
      }
    },
    timers,
  };
}

interface Parts {
  readonly seller: string;
  readonly reviews: readonly string[];
}
type Product = { readonly title: string };

function opened(
  given: Partial<Stages<string, Product, Parts, object>> = {},
  parts: Partial<{ seller: Part<Product, string, string>; reviews: Part<Product, string, readonly string[]> }> = {},
) {
  const clock = handClock();
  const warnings: object[] = [];
  const logger = { ...silentLogger, warn: (fields: object) => warnings.push(fields) };
  const gather = pipeline<string, Product, Parts, object>(
    {
      find: { deadlineMs: 1_000, load: async (asked) => ({ title: asked }) },
      enrich: {
        seller: { deadlineMs: 100, fallback: 'unknown', load: async () => 'Pottery' },
        reviews: { deadlineMs: 200, fallback: [], load: async () => ['fine'] },
        ...parts,
      },
      present: ({ title }, { seller, reviews }) => ({ title, seller, reviews }),
      tags: (_found, _parts, asked) => [`product:${asked}`],
      ...given,
    },
    { clock, logger },
  );
  return { gather, clock, warnings };
}

const never = <Value>() => new Promise<Value>(() => undefined);
const settled = () => new Promise((resolve) => setImmediate(resolve));

describe('a pipeline of a page', () => {
  it('finds, gathers every part at the same time, and presents', async () => {
    const begun: string[] = [];
    const both = Promise.withResolvers<void>();
    const together = async (name: string) => {
      begun.push(name);
      if (begun.length === 2) both.resolve();
      await both.promise;
      return name;
    };
    const { gather, clock } = opened(
      {},
      {
        seller: { deadlineMs: 100, fallback: '', load: () => together('seller') },
        reviews: { deadlineMs: 100, fallback: [], load: async () => [await together('reviews')] },
      },
    );
    assert.deepEqual(await gather('mug'), {
      view: { title: 'mug', seller: 'seller', reviews: ['reviews'] },
      tags: ['product:mug'],
      keep: true,
      missing: [],
    });
    assert.equal(clock.timers.size, 0, 'a timer was left behind');
  });

  it('shows the fallback of a part that is late, and waits no longer than its deadline', async () => {
    const { gather, clock } = opened({}, { reviews: { deadlineMs: 200, fallback: [], load: never } });
    let answer: unknown;
    gather('mug').then((gathered) => {
      answer = gathered;
    });
    await settled();
    clock.turn(199);
    await settled();
    assert.equal(answer, undefined);
    clock.turn(1);
    await settled();
    assert.deepEqual(answer, {
      view: { title: 'mug', seller: 'Pottery', reviews: [] },
      tags: ['product:mug'],
      keep: false,
      missing: ['reviews'],
    });
  });

  it('shows the fallback of a part that fails, at once or by a promise, and says so in the log', async () => {
    const { gather, warnings } = opened(
      {},
      {
        seller: { deadlineMs: 100, fallback: 'unknown', load: () => Promise.reject(new Error('no sellers')) },
        reviews: {
          deadlineMs: 100,
          fallback: [],
          load: () => {
            throw new Error('no reviews');
          },
        },
      },
    );
    const { view, missing, keep } = await gather('mug');
    assert.deepEqual(view, { title: 'mug', seller: 'unknown', reviews: [] });
    assert.deepEqual([missing, keep], [['seller', 'reviews'], false]);
    assert.equal(warnings.length, 2);
  });

  it('is not found when what it is about is not there, and unavailable when that is late', async () => {
    const missing = opened({
      find: { deadlineMs: 100, load: () => Promise.reject(new Problem('unknown_product', 'None.')) },
    });
    await assert.rejects(missing.gather('mug'), { code: 'unknown_product' });
    const late = opened({ find: { deadlineMs: 100, load: never } });
    const answer = assert.rejects(late.gather('mug'), { code: 'unavailable' });
    late.clock.turn(100);
    await answer;
  });

  it('is not kept when it says so of itself', async () => {
    const { gather } = opened({ keep: ({ title }) => title !== 'mug' });
    assert.equal((await gather('mug')).keep, false);
    assert.equal((await gather('bowl')).keep, true);
  });
});
