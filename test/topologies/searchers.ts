import assert from 'node:assert/strict';
import { setTimeout as pause } from 'node:timers/promises';
import { type Body, call, type ShopUnderTest } from '../scenarios/api.ts';

/** People who search and do nothing else; each knows what there is to find. */
export interface Searchers {
  /** How many searches were answered as they should be. */
  readonly right: () => number;
  /** Every other answer, and what came to none. */
  readonly wrong: readonly string[];
  /** The longest that an answer took so far, in ms. */
  readonly slowestMs: () => number;
  leave(): Promise<void>;
  /** The same, for a test that fails on its way. */
  [Symbol.asyncDispose](): Promise<void>;
}

/** `size` people who come in by these doors and ask one thing after another, at once or with a pause between. */
export function searchers(
  doors: readonly ShopUnderTest[],
  size: number,
  asked: ReadonlyMap<string, readonly string[]>,
  pauseMs = 0,
): Searchers {
  const words = [...asked.keys()];
  const wrong: string[] = [];
  let [leaving, right, slowest] = [false, 0, 0];

  const ask = async (door: ShopUnderTest, words: string): Promise<void> => {
    const from = performance.now();
    try {
      const { status, body } = await call(door, 'GET', `/v1/search?limit=100&q=${encodeURIComponent(words)}`);
      const found = status === 200 ? idsOf(body) : body.detail;
      assert.deepEqual({ status, found }, { status: 200, found: asked.get(words) });
      right++;
    } catch (error) {
      wrong.push(`${words}: ${error instanceof Error ? `${error.message} ${error.cause ?? ''}` : String(error)}`);
    }
    slowest = Math.max(slowest, performance.now() - from);
  };
  const search = async (first: number) => {
    for (let turn = first; !leaving; turn++) {
      await ask(doors[turn % doors.length] as ShopUnderTest, words[turn % words.length] as string);
      if (pauseMs > 0) await pause(pauseMs);
    }
  };
  const all = Array.from({ length: size }, (_, at) => search(at));
  const leave = async () => {
    leaving = true;
    await Promise.all(all);
  };
  return { wrong, leave, right: () => right, slowestMs: () => slowest, [Symbol.asyncDispose]: leave };
}

/** The products that an answer names, in the order of their names. */
export function idsOf({ hits }: Body): readonly string[] {
  return hits.map(({ productId }: Body): string => productId).sort();
}
