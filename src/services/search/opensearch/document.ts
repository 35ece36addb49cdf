import type { Text } from '../../../contracts/shapes.ts';
import { hangulRuns, type Word, wordsOf } from '../embedded/words.ts';
import type { IndexEntry } from '../port.ts';

/** The fields that words are found in, in the order of what they count. */
export const FIELDS = ['title', 'option', 'description'] as const;
export type Field = (typeof FIELDS)[number];

/**
 * A product as OpenSearch takes it, without what is known of its stock. Title and description are analysed there, by language.
 * What is typed half, inside a word or wrongly is found in `letters` (Hangul taken apart into keys) and `grams` (its neighbouring
 * syllables), which are the embedded index's own: both indexes find the same.
 */
export function documentOf(entry: IndexEntry) {
  const { productId, version, sellerId, categoryIds, title, description, image, prices, addedAt, skus } = entry;
  const titles = textsOf(title).map(wordsOf);
  const options = [...entry.words, ...skus].map(wordsOf);
  const descriptions = textsOf(description).map(wordsOf);
  return {
    shown: { productId, sellerId, title, ...(image === undefined ? {} : { image }), prices },
    productId,
    version,
    sellerId,
    categoryIds,
    skus,
    options: Object.entries(entry.options ?? {}).flatMap(([name, values]) =>
      values.map((value) => optionKey(name, value)),
    ),
    prices,
    currencies: Object.keys(prices),
    addedAt,
    title,
    description,
    wholeTitles: titles.map(wholeText),
    letters: { title: lettersIn(titles), option: lettersIn(options), description: lettersIn(descriptions) },
    grams: { title: gramsIn(titles, 1), option: gramsIn(options, 1), description: gramsIn(descriptions, 2) },
  };
}
export type ProductDocument = ReturnType<typeof documentOf>;

/** A whole text as words alone: who types a title exactly finds its product first. */
export function wholeText(words: readonly Word[]): string {
  return words.map(({ letters }) => letters).join(' ');
}

/** An option's value as one keyword; what is named so cannot hold the separator's code. */
export function optionKey(name: string, value: string): string {
  return `${name}\u0000${value}`;
}

/** The option that `optionKey` made a keyword of. */
export function optionOf(key: string): { readonly name: string; readonly value: string } {
  const at = key.indexOf('\u0000');
  return { name: key.slice(0, at), value: key.slice(at + 1) };
}

/** Pairs of neighbouring syllables of a Hangul word, or its only syllable. */
export function gramsOfWord(syllables: string): readonly string[] {
  return syllables.length === 1 ? [syllables] : pairsOf(syllables);
}

function pairsOf(run: string): string[] {
  return Array.from({ length: Math.max(0, run.length - 1) }, (_, at) => run.slice(at, at + 2));
}

function lettersIn(texts: readonly (readonly Word[])[]): string {
  return unique(texts.flatMap((words) => words.map(({ letters }) => letters)));
}

/** `shortest` is 1 where single syllables are found inside words too. */
function gramsIn(texts: readonly (readonly Word[])[], shortest: 1 | 2): string {
  const runs = texts.flatMap(hangulRuns);
  return unique(runs.flatMap((run) => [...(shortest === 1 ? run : ''), ...pairsOf(run)]));
}

function unique(words: readonly string[]): string {
  return [...new Set(words)].join(' ');
}

function textsOf({ en, ko }: Text): readonly string[] {
  return [en, ko].filter((text) => text !== undefined);
}
