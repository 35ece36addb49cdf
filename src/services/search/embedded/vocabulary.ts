import type { Text } from '../../../contracts/shapes.ts';
import type { IndexEntry } from '../port.ts';
import { createPostings, type Postings } from './postings.ts';
import { createTrie, type Trie } from './trie.ts';
import { gramOf, hangulRuns, type Word, wordsOf } from './words.ts';

/** The words of all documents: whole in a trie, and Korean by its single syllables and pairs of them. */
export interface Vocabulary {
  readonly words: Trie;
  readonly postings: Postings;
  gram(gram: number): number | undefined;
  /** Adds the words of a document; documents come in the order of their numbers. */
  add(document: number, entry: IndexEntry): void;
}

/** What a word weighs by where it stands; a short title says more with each of its words. */
const WEIGHT = { title: 70, shortTitle: 110, option: 60, description: 18, most: 255 };

/** A vocabulary without words. */
export function createVocabulary(): Vocabulary {
  const postings = createPostings();
  const words = createTrie();
  const grams = new Map<number, number>();

  function listOfGram(gram: number): number {
    let list = grams.get(gram);
    if (list === undefined) {
      list = postings.open();
      grams.set(gram, list);
    }
    return list;
  }

  return {
    words,
    postings,
    gram: (gram) => grams.get(gram),
    add(document, entry) {
      const weights = new Map<number, number>();
      const weigh = (list: number, weight: number) => {
        weights.set(list, Math.min(WEIGHT.most, (weights.get(list) ?? 0) + weight));
      };
      const addText = (text: readonly Word[], weight: number, singleSyllables: boolean) => {
        for (const { letters } of text) weigh(words.add(letters, postings.open), weight);
        for (const run of hangulRuns(text)) {
          for (let at = 0; at < run.length; at++) {
            if (singleSyllables) weigh(listOfGram(gramOf(run, at, 1)), weight);
            if (at + 1 < run.length) weigh(listOfGram(gramOf(run, at, 2)), weight);
          }
        }
      };
      for (const title of textsOf(entry.title)) {
        const found = wordsOf(title);
        addText(found, Math.round(WEIGHT.title + WEIGHT.shortTitle / Math.max(1, found.length)), true);
      }
      for (const word of [...entry.words, ...entry.skus]) addText(wordsOf(word), WEIGHT.option, true);
      for (const description of textsOf(entry.description)) addText(wordsOf(description), WEIGHT.description, false);
      for (const [list, weight] of weights) postings.append(list, document, weight);
    },
  };
}

function textsOf({ en, ko }: Text): readonly string[] {
  return [en ?? '', ko ?? ''];
}
