/** A word as the index keeps it. */
export interface Word {
  /** What prefixes and typos are looked for in: letters without accents, Hangul taken apart into jamo as they are typed. */
  readonly letters: string;
  /** The syllables of a Hangul word, for finding it inside another; absent for other scripts. */
  readonly syllables?: string;
  /** Whether the Hangul word before it is parted from it by a blank alone: Korean spacing varies. */
  readonly joined: boolean;
}

const LONGEST_WORD = 40;
const WORD = /([\uac00-\ud7a3\u1100-\u11ff]+)|(?:(?![\uac00-\ud7a3\u1100-\u11ff])[\p{L}\p{N}\p{M}])+/gu;

/** The words of a text in any script, in order. Characters that are no letters or digits part words; apostrophes do not. */
export function wordsOf(text: string): readonly Word[] {
  const plain = text.normalize('NFKC').toLowerCase().replace(/['’ʼ]/g, '');
  const words: Word[] = [];
  let hangulEnd = -1;
  for (const match of plain.matchAll(WORD)) {
    const raw = match[0].slice(0, LONGEST_WORD);
    const isHangul = match[1] !== undefined;
    const joined = isHangul && hangulEnd >= 0 && plain.slice(hangulEnd, match.index) === ' ';
    hangulEnd = isHangul ? match.index + match[0].length : -1;
    const letters = isHangul ? jamoOf(raw) : raw.normalize('NFD').replace(/\p{M}/gu, '');
    if (letters !== '') words.push(isHangul ? { letters, syllables: raw, joined } : { letters, joined });
  }
  return words;
}

/** Hangul as it is typed, key by key, so that a half-typed syllable is a prefix: 컾 of 커피, 고 of 과. */
function jamoOf(hangul: string): string {
  let keys = '';
  for (const jamo of hangul.normalize('NFD')) keys += KEYS.get(jamo) ?? jamo;
  return keys;
}

/** Compound vowels and final consonants → the keys they are typed with (as leading consonants and simple vowels). */
const KEYS = new Map<string, string>([
  ...pairs('ᅪ', ['ᅩᅡ', 'ᅩᅢ', 'ᅩᅵ']),
  ...pairs('ᅯ', ['ᅮᅥ', 'ᅮᅦ', 'ᅮᅵ']),
  ['ᅴ', 'ᅳᅵ'],
  ...pairs('ᆨ', [
    ...['ᄀ', 'ᄁ', 'ᄀᄉ', 'ᄂ', 'ᄂᄌ', 'ᄂᄒ', 'ᄃ', 'ᄅ', 'ᄅᄀ', 'ᄅᄆ', 'ᄅᄇ', 'ᄅᄉ', 'ᄅᄐ', 'ᄅᄑ'],
    ...['ᄅᄒ', 'ᄆ', 'ᄇ', 'ᄇᄉ', 'ᄉ', 'ᄊ', 'ᄋ', 'ᄌ', 'ᄎ', 'ᄏ', 'ᄐ', 'ᄑ', 'ᄒ'],
  ]),
]);

function pairs(first: string, keys: readonly string[]): [string, string][] {
  return keys.map((each, index) => [String.fromCharCode(first.charCodeAt(0) + index), each]);
}

/** The runs of syllables in which Korean is found mid-word: words that a blank alone parts make one run. */
export function hangulRuns(words: readonly Word[]): readonly string[] {
  const runs: string[] = [];
  for (const { syllables, joined } of words) {
    if (syllables === undefined) continue;
    if (joined) runs.push((runs.pop() ?? '') + syllables);
    else runs.push(syllables);
  }
  return runs;
}

/** A pair of neighbouring syllables, or a single one, as a number. */
export function gramOf(run: string, at: number, length: 1 | 2): number {
  const first = run.charCodeAt(at);
  return length === 1 ? first : first * 0x1_0000 + run.charCodeAt(at + 1);
}
