import type { IndexEntry } from '../src/services/search/port.ts';
import { seeded } from './seeded.ts';

/** A catalogue to search, half of it Korean, and what is asked of it: the same in every run. */
export interface SearchLoad {
  product(number: number): IndexEntry;
  /** By kind, what makes a query of it. */
  readonly queries: Readonly<Record<string, () => string>>;
}

const COMMON = { en: 'classic', ko: '프리미엄' };

export function searchLoad(seed = 7): SearchLoad {
  const random = seeded(seed);
  const english = vocabulary(12_000, () => word('bcdfghklmnprst', 'aeiou', 2 + Math.floor(random() * 3)));
  const korean = vocabulary(12_000, () => hangul(2 + Math.floor(random() * 3)));

  return { product, queries: queries() };

  function queries(): Record<string, () => string> {
    return {
      'exact, English': () => pick(english),
      'exact, Korean': () => pick(korean),
      'two words': () => `${pick(english)} ${COMMON.en}`,
      prefix: () => pick(english).slice(0, 3),
      'one letter': () => pick(english).slice(0, 1),
      'typo, English': () => typo(pick(english)),
      'typo, Korean': () => `${pick(korean)}${pick(korean)}`.slice(0, 3),
      'Korean mid-word': () => pick(korean.filter((each) => each.length >= 3)).slice(1),
      'one syllable': () => pick(korean).slice(-1),
      'in a third of all, English': () => COMMON.en,
      'in a third of all, Korean': () => COMMON.ko.slice(1),
      everything: () => '',
    };
  }

  function product(number: number): IndexEntry {
    const isKorean = number % 2 === 1;
    const words = isKorean ? korean : english;
    const sentence = (length: number) => Array.from({ length }, () => zipf(words)).join(' ');
    const common = random() < 0.66 ? `${isKorean ? COMMON.ko : COMMON.en} ` : '';
    const language = isKorean ? 'ko' : 'en';
    return {
      productId: `prd-${number}`,
      version: 1,
      sellerId: `seller-${number % 300}`,
      categoryIds: [`category-${number % 60}`],
      title: { [language]: common + sentence(4) },
      description: { [language]: sentence(25) },
      words: ['red', 'M'],
      skus: [`SKU-${number}`],
      prices: { GBP: 100 + (number % 9_000), KRW: 1_000 * (1 + (number % 90)) },
      addedAt: 1_700_000_000_000 + number,
    };
  }

  /** Words as texts use them: few often, most seldom. */
  function zipf(words: readonly string[]): string {
    return words[Math.floor(words.length ** random()) - 1] ?? 'word';
  }

  function pick(words: readonly string[]): string {
    return words[Math.floor(random() * words.length)] ?? 'word';
  }

  function word(consonants: string, vowels: string, syllables: number): string {
    const letter = (from: string) => from.charAt(Math.floor(random() * from.length));
    return Array.from({ length: syllables }, () => letter(consonants) + letter(vowels)).join('') + letter(consonants);
  }

  function hangul(syllables: number): string {
    return Array.from({ length: syllables }, () => String.fromCharCode(0xac00 + Math.floor(random() * 400) * 28)).join(
      '',
    );
  }

  function typo(text: string): string {
    const at = 1 + Math.floor(random() * (text.length - 2));
    return `${text.slice(0, at)}z${text.slice(at + 1)}`;
  }
}

function vocabulary(size: number, make: () => string): string[] {
  const words = new Set<string>();
  while (words.size < size) words.add(make());
  return [...words];
}

/** Times in ms as their middle, their 99th percentile and their worst. */
export function summary(times: readonly number[]) {
  const sorted = times.toSorted((a, b) => a - b);
  const at = (share: number) => Number((sorted[Math.floor(share * (sorted.length - 1))] ?? 0).toFixed(2));
  return { p50: at(0.5), p99: at(0.99), max: at(1) };
}
