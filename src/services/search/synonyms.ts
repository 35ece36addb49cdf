import { wordsOf } from './embedded/words.ts';

/** Words that mean the same to who shops: each finds what holds another of its group, after what holds the word itself. */
const GROUPS: readonly (readonly string[])[] = [
  ['tumbler', '텀블러'],
  ['teapot', '찻주전자', '다관'],
  ['towel', '수건', '타월', '타올'],
  ['blanket', '담요', '블랭킷'],
  ['cushion', '쿠션', '방석'],
  ['plate', 'dish', '접시'],
  ['vase', '꽃병', '화병'],
  ['candle', '양초', '캔들'],
  ['basket', '바구니', '바스켓'],
  ['apron', '앞치마'],
  ['lamp', '램프', '조명'],
  ['sofa', 'couch', '소파'],
  ['trousers', 'pants', '바지'],
  ['jumper', 'sweater', '스웨터'],
];

const lettersOf = (word: string): string => wordsOf(word).map(({ letters }) => letters)[0] ?? '';

const bySynonym = new Map<string, string[]>(
  GROUPS.flatMap((group) => {
    const all = group.map(lettersOf);
    return all.map((letters): [string, string[]] => [letters, all.filter((other) => other !== letters)]);
  }),
);

/** The synonyms of a word; words by their letters (`Word.letters`). */
export function synonymsOf(letters: string): readonly string[] {
  return bySynonym.get(letters) ?? [];
}
