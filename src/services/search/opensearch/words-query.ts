import { type Word, wordsOf } from '../embedded/words.ts';
import { synonymsOf } from '../synonyms.ts';
import { FIELDS, type Field, gramsOfWord, wholeText } from './document.ts';

/** A query in OpenSearch's words. */
export type Query = Readonly<Record<string, unknown>>;

/** How a word may be found: as it was typed (whole, begun, inside, in another form, by a synonym), or with so many typing errors. */
export type Way = 'typed' | 'one_error' | 'two_errors';

const WEIGHT: Readonly<Record<Field, number>> = { title: 1, option: 0.45, description: 0.15 };

/** `halfTyped`: Hangul that may end within a syllable, as 컵 in 커버; whole syllables are found `inside` as well. */
const FACTOR = {
  exact: 1,
  otherForm: 0.8,
  longer: 0.7,
  inside: 0.6,
  synonym: 0.5,
  halfTyped: 0.3,
  one_error: 0.5,
  two_errors: 0.25,
} as const;

const WHOLE_TITLE = 2;
/** BM25 knows rare words and short texts: it orders what is found alike, and never reaches the next way (a word's score stays below 20). */
const RARITY = 0.004;
const MOST_WORDS = 12;
/** A word forgives one typing error from so many keys on, and two from so many. */
const ONE_ERROR_FROM = 4;
const TWO_ERRORS_FROM = 9;
const MOST_SIMILAR_WORDS = 200;

/** The words of a query that are looked for. */
export function queryWords(q: string): readonly Word[] {
  return wordsOf(q).slice(0, MOST_WORDS);
}

/** The ways in which a word may be found beside as typed, the better first. */
export function errorWays({ letters }: Word): readonly Way[] {
  if (letters.length >= TWO_ERRORS_FROM) return ['one_error', 'two_errors'];
  return letters.length >= ONE_ERROR_FROM ? ['one_error'] : [];
}

/** Products that hold the words, each in its way: all of them, or with `some` at least one. Only what is on sale. */
export function productsWith(words: readonly (readonly [Word, Way])[], together: 'all' | 'some'): Query {
  const found = words.map(([word, way]) => productsWithWord(word, way));
  const held = together === 'all' ? { must: found } : { must: [{ bool: { should: found, minimum_should_match: 1 } }] };
  return { bool: { filter: [ON_SALE], ...held, should: ranking(words.map(([word]) => word)) } };
}

export const ON_SALE: Query = { term: { live: true } };

/** Where one word is found; what is found in several ways counts by the best of them. */
export function productsWithWord(word: Word, way: Way): Query {
  const queries = FIELDS.flatMap((field) => {
    const ways = way === 'typed' ? typed(word, field) : [[FACTOR[way], similar(word, field, way)] as const];
    return ways.map(([factor, query]) => ({ constant_score: { filter: query, boost: factor * WEIGHT[field] } }));
  });
  return { dis_max: { queries } };
}

function typed({ letters, syllables }: Word, field: Field): readonly (readonly [number, Query])[] {
  const at = `letters.${field}`;
  const found: (readonly [number, Query])[] = [
    [FACTOR.exact, { term: { [at]: letters } }],
    [syllables === undefined ? FACTOR.longer : FACTOR.halfTyped, { prefix: { [at]: letters } }],
  ];
  const synonyms = synonymsOf(letters);
  if (synonyms.length > 0) found.push([FACTOR.synonym, { terms: { [at]: synonyms } }]);
  if (syllables !== undefined) {
    const grams = gramsOfWord(syllables).map((gram) => ({ term: { [`grams.${field}`]: gram } }));
    found.push([FACTOR.inside, { bool: { filter: grams } }]);
  }
  if (field !== 'option') {
    const language = syllables === undefined ? 'en' : 'ko';
    const query = { match: { [`${field}.${language}`]: { query: syllables ?? letters, operator: 'and' } } };
    found.push([FACTOR.otherForm, query]);
  }
  return found;
}

function similar({ letters }: Word, field: Field, way: Exclude<Way, 'typed'>): Query {
  const fuzziness = way === 'one_error' ? 1 : 2;
  const more = { prefix_length: 0, max_expansions: MOST_SIMILAR_WORDS, transpositions: true };
  return { fuzzy: { [`letters.${field}`]: { value: letters, fuzziness, ...more } } };
}

function ranking(words: readonly Word[]): readonly Query[] {
  const text = words.map(({ letters, syllables }) => syllables ?? letters).join(' ');
  const fields = ['title.en', 'title.ko', 'description.en^0.2', 'description.ko^0.2'];
  return [
    { constant_score: { filter: { term: { wholeTitles: wholeText(words) } }, boost: WHOLE_TITLE } },
    { multi_match: { query: text, type: 'best_fields', fields, boost: RARITY } },
  ];
}
