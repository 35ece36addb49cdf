import { fnv1a } from '../../src/kernel/ids.ts';
import type { Random } from '../../src/platform/clock/port.ts';
import { seededRandom } from '../../src/platform/clock/seeded.ts';

/** Chance for one purpose of one run. Purposes do not disturb each other, so that a plan with a part left out runs alike. */
export interface Chance extends Random {
  /** True this often, from 0 to 1. */
  happens(probability: number): boolean;
  between(least: number, most: number): number;
  /** A whole number from `least` to `most`, both included. */
  whole(least: number, most: number): number;
  one<Item>(items: readonly Item[]): Item;
}

export function chanceOf(seed: number, purpose: string): Chance {
  const random = seededRandom(fnv1a(`${seed} ${purpose}`));
  const whole = (least: number, most: number) => least + Math.floor(random.fraction() * (most - least + 1));
  return {
    ...random,
    happens: (probability) => random.fraction() < probability,
    between: (least, most) => least + random.fraction() * (most - least),
    whole,
    one(items) {
      const item = items[whole(0, items.length - 1)];
      if (item === undefined) throw new RangeError('there is nothing to choose from');
      return item;
    },
  };
}
