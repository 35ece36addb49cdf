import type { Placement } from '../order.ts';

/** So many words are kept of one order, and asked for in one query. */
const MOST_WORDS = 2_000;
const MOST_WORDS_ASKED = 8;
const LONGEST_WORD = 64;

/**
 * What an order is found by: its id, its SKUs and the words of its titles, folded alike. A Hangul word counts with each of its
 * ends, so that a beginning of one of them is a find inside the word. Nothing of it is personal.
 */
export function wordsOfOrder({ orderId, parcels }: Pick<Placement, 'orderId' | 'parcels'>): readonly string[] {
  const lines = parcels.flatMap((parcel) => parcel.lines);
  const titles = lines.flatMap(({ title }) => Object.values(title));
  const words = [orderId, ...lines.map(({ sku }) => sku), ...titles].flatMap((text) => [folded(text), ...split(text)]);
  return [...new Set(words.flatMap(ends))].slice(0, MOST_WORDS);
}

/** The words that a query asks for. */
export function wordsAsked(q: string): readonly string[] {
  return [...new Set(split(q))].slice(0, MOST_WORDS_ASKED);
}

/** Whether every word that is asked for begins one of these. */
export function holdsAll(words: readonly string[], asked: readonly string[]): boolean {
  return asked.every((each) => words.some((word) => word.startsWith(each)));
}

function split(text: string): string[] {
  return folded(text)
    .split(/[^\p{L}\p{N}_-]+/u)
    .filter((word) => word !== '');
}

function folded(text: string): string {
  return text.normalize('NFKC').toLowerCase().slice(0, 500);
}

function ends(word: string): string[] {
  const short = [...word].slice(0, LONGEST_WORD);
  if (!/^\p{Script=Hangul}+$/u.test(word)) return [short.join('')];
  return short.map((_, from) => short.slice(from).join(''));
}
