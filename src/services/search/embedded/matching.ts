import { type Finding, findWord } from './finding.ts';
import type { Vocabulary } from './vocabulary.ts';
import type { Word } from './words.ts';

/** The documents that match a query, outdated ones among them, and how well: `scores` by document number. */
export interface Matches {
  readonly documents: readonly number[];
  readonly scores: Float64Array;
}

export type Matcher = (query: readonly Word[], documents: number, isLive: (document: number) => boolean) => Matches;

const MOST_WORDS = 12;

/**
 * Matches documents that hold every word of the query (its first twelve); when no live document does, those that hold some.
 * A document's score is the sum over the words of the best way in which it holds each (weight × rarity × way).
 */
export function createMatcher(vocabulary: Vocabulary): Matcher {
  let scores = new Float64Array(0);
  /** The gain of the word at hand, and which word that was. */
  let gains = new Float64Array(0);
  let marks = new Uint32Array(0);
  /** How many of the query's words a document holds. */
  let held = new Uint8Array(0);
  let mark = 0;
  let touched: number[] = [];

  function reset(documents: number): void {
    for (const document of touched) held[document] = 0;
    touched = [];
    if (scores.length >= documents) return;
    const room = Math.ceil(documents * 1.25);
    scores = new Float64Array(room);
    gains = new Float64Array(room);
    marks = new Uint32Array(room);
    held = new Uint8Array(room);
  }

  function addEntries(
    entries: Uint32Array,
    from: number,
    to: number,
    weight: number,
    needed: number | undefined,
  ): void {
    for (let at = from; at < to; at++) {
      const entry = entries[at] as number;
      const document = entry >>> 8;
      const gain = (entry & 255) * weight;
      const before = held[document] as number;
      if (marks[document] === mark && before > 0) {
        if (gain > (gains[document] as number)) {
          scores[document] = (scores[document] as number) + gain - (gains[document] as number);
          gains[document] = gain;
        }
        continue;
      }
      if (needed !== undefined && before !== needed) continue;
      if (before === 0) touched.push(document);
      scores[document] = (before === 0 ? 0 : (scores[document] as number)) + gain;
      held[document] = before + 1;
      marks[document] = mark;
      gains[document] = gain;
    }
  }

  /** Adds what one word finds. With `needed`, only in documents that hold so many words before it. */
  function addWord(findings: readonly Finding[], documents: number, needed: number | undefined): void {
    mark = (mark + 1) >>> 0;
    for (const { size, factor, read } of findings) {
      const weight = (factor * Math.log(1 + documents / size)) / 255;
      read((entries, from, to) => {
        addEntries(entries, from, to, weight, needed);
        return true;
      });
    }
  }

  return (query, documents, isLive) => {
    const words = query.slice(0, MOST_WORDS).map((word) => findWord(word, vocabulary, isLive));
    reset(documents);
    for (const [position, findings] of words.entries()) addWord(findings, documents, position);
    const matching = touched.filter((document) => held[document] === words.length);
    if (words.length < 2 || matching.some(isLive)) return { documents: matching, scores };
    reset(documents);
    for (const findings of words) addWord(findings, documents, undefined);
    return { documents: touched, scores };
  };
}
