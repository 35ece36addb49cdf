import type { Collection } from '../../kernel/view.ts';
import type { Storage, StoredDocument } from './port.ts';

type Documents = ReadonlyMap<string, StoredDocument>;

interface Round {
  readonly collection: Collection;
  readonly generation: number;
  readonly keys: Set<string>;
  readonly answer: Promise<Documents>;
}

/**
 * Looks up together, in one round trip, the documents of one collection that are asked for in the same turn of the event
 * loop: a hundred requests that each miss a cache cost one query. Answers and faults are those of the storage beneath.
 */
export function coalescedReads(storage: Pick<Storage, 'documents'>): Storage['documents'] {
  const open: Round[] = [];

  function newRound(collection: Collection, generation: number): Round {
    const keys = new Set<string>();
    const answer = new Promise<void>((resolve) => setImmediate(resolve)).then(() => {
      open.splice(open.indexOf(round), 1);
      return storage.documents(collection, generation, [...keys]);
    });
    const round: Round = { collection, generation, keys, answer };
    open.push(round);
    return round;
  }

  return async (collection, generation, keys) => {
    const same = (round: Round) => round.collection.name === collection.name && round.generation === generation;
    const round = open.find(same) ?? newRound(collection, generation);
    for (const key of keys) round.keys.add(key);
    const found = await round.answer;
    return new Map(keys.flatMap((key) => (found.has(key) ? [[key, found.get(key) as StoredDocument]] : [])));
  };
}
