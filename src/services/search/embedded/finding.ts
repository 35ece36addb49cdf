import { synonymsOf } from '../synonyms.ts';
import type { Vocabulary } from './vocabulary.ts';
import { gramOf, type Word } from './words.ts';

/** Documents in which a query's word was found in one way: entries `document * 256 + weight` in the order of documents. */
export interface Finding {
  readonly size: number;
  /** What the way counts beside the word itself. */
  readonly factor: number;
  read(visit: EntriesVisitor): void;
}
type EntriesVisitor = (entries: Uint32Array, from: number, to: number) => boolean | undefined;

/** `halfTyped`: letters of Hangul that may end within a syllable, as 컵 in 커버; whole syllables are found `inside` as well. */
const FACTOR = { exact: 1, longer: 0.7, inside: 0.6, synonym: 0.5, halfTyped: 0.3, oneError: 0.5, twoErrors: 0.25 };
/** A word forgives one typing error from so many letters on, and two from so many. */
const ONE_ERROR_FROM = 4;
const TWO_ERRORS_FROM = 9;

/**
 * Where a word is found: as it is, as the beginning of a longer one, (Korean) inside another one, or by a synonym. Typing errors
 * are forgiven only to a word that no live document holds in these ways.
 */
export function findWord(
  word: Word,
  vocabulary: Vocabulary,
  isLive: (document: number) => boolean,
): readonly Finding[] {
  const asTyped = [
    ...asItBegins(word, vocabulary),
    ...inside(word.syllables, vocabulary),
    ...bySynonyms(word, vocabulary),
  ];
  if (asTyped.some((finding) => holdsLive(finding, isLive))) return asTyped;
  for (const errors of [1, 2]) {
    if (word.letters.length < (errors === 1 ? ONE_ERROR_FROM : TWO_ERRORS_FROM)) break;
    const similar = similarTo(word.letters, errors, vocabulary);
    if (similar.some((finding) => holdsLive(finding, isLive))) return similar;
  }
  return [];
}

function asItBegins({ letters, syllables }: Word, { words, postings }: Vocabulary): readonly Finding[] {
  const longer = syllables === undefined ? FACTOR.longer : FACTOR.halfTyped;
  const findings: Finding[] = [];
  const exact = words.find(letters);
  if (exact !== undefined) findings.push(listed(exact, FACTOR.exact, postings));
  words.startingWith(letters, (list, extra) => {
    findings.push(listed(list, (longer * letters.length) / (letters.length + extra), postings));
  });
  return findings;
}

function bySynonyms({ letters }: Word, { words, postings }: Vocabulary): readonly Finding[] {
  return synonymsOf(letters).flatMap((each) => {
    const list = words.find(each);
    return list === undefined ? [] : [listed(list, FACTOR.synonym, postings)];
  });
}

function similarTo(letters: string, errors: number, { words, postings }: Vocabulary): readonly Finding[] {
  const nearest = new Map<number, number>();
  words.similar(letters, errors, (list, distance) => {
    nearest.set(list, Math.min(distance, nearest.get(list) ?? distance));
  });
  return [...nearest].map(([list, distance]) =>
    listed(list, distance > 1 ? FACTOR.twoErrors : FACTOR.oneError, postings),
  );
}

/** Documents that hold all pairs of neighbouring syllables of the word, or its only syllable. */
function inside(syllables: string | undefined, { gram, postings }: Vocabulary): readonly Finding[] {
  if (syllables === undefined) return [];
  const lists = new Set<number>();
  const length = syllables.length === 1 ? 1 : 2;
  for (let at = 0; at + length <= syllables.length; at++) {
    const list = gram(gramOf(syllables, at, length));
    if (list === undefined) return [];
    lists.add(list);
  }
  const [rarest, ...others] = [...lists].sort((a, b) => postings.size(a) - postings.size(b));
  if (rarest === undefined) return [];
  if (others.length === 0) return [listed(rarest, FACTOR.inside, postings)];
  let common = entriesOf(rarest, postings);
  for (const list of others) common = alsoIn(common, list, postings);
  return [{ size: common.length, factor: FACTOR.inside, read: (visit) => void visit(common, 0, common.length) }];
}

function listed(list: number, factor: number, postings: Vocabulary['postings']): Finding {
  return { size: postings.size(list), factor, read: (visit) => postings.read(list, visit) };
}

function entriesOf(list: number, postings: Vocabulary['postings']): Uint32Array {
  const entries = new Uint32Array(postings.size(list));
  let length = 0;
  postings.read(list, (arena, from, to) => {
    entries.set(arena.subarray(from, to), length);
    length += to - from;
    return true;
  });
  return entries;
}

/** The entries whose document is in the list as well: one walk along both. */
function alsoIn(entries: Uint32Array, list: number, postings: Vocabulary['postings']): Uint32Array {
  let kept = 0;
  let next = 0;
  postings.read(list, (arena, from, to) => {
    for (let at = from; at < to; at++) {
      const document = (arena[at] as number) >>> 8;
      while (next < entries.length && (entries[next] as number) >>> 8 < document) next++;
      if (next === entries.length) return false;
      if ((entries[next] as number) >>> 8 === document) entries[kept++] = entries[next++] as number;
    }
    return true;
  });
  return entries.subarray(0, kept);
}

function holdsLive(finding: Finding, isLive: (document: number) => boolean): boolean {
  let live = false;
  finding.read((entries, from, to) => {
    for (let at = from; at < to && !live; at++) live = isLive((entries[at] as number) >>> 8);
    return !live;
  });
  return live;
}
