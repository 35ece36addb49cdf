import type { Ask, Reply } from '../worker-messages.ts';
import { createIndex, type EmbeddedIndex } from './index.ts';

/** The index that serves and, while it is filled anew, the one that will. Writes reach both; a change-over swaps them. */
export interface IndexPair {
  answer(ask: Ask): Reply;
}

/** An empty index that serves, and none that is filled. */
export function createIndexPair(): IndexPair {
  let serving = createIndex();
  let building: EmbeddedIndex | undefined;

  function targets(only: 'building' | undefined): readonly EmbeddedIndex[] {
    if (building === undefined) return only === undefined ? [serving] : [];
    return only === undefined ? [serving, building] : [building];
  }

  function apply(ask: Exclude<Ask, { kind: 'search' }>): void {
    switch (ask.kind) {
      case 'put':
        for (const index of targets(ask.only)) for (const entry of ask.entries) index.put(entry);
        return;
      case 'remove':
        for (const index of targets(undefined)) index.remove(ask.productId, ask.version);
        return;
      case 'stock':
        // What was told while the index fills is newer than what it is filled with.
        for (const index of targets(ask.only))
          for (const change of ask.changes) index.setAvailability(change, ask.only === 'building');
        return;
      case 'begin':
        building = createIndex();
        return;
      case 'change_over':
        serving = building ?? serving;
        building = undefined;
        return;
      case 'abandon':
        building = undefined;
        return;
    }
  }

  return {
    answer(ask) {
      if (ask.kind === 'search') return { kind: 'answer', answer: serving.search(ask.request) };
      apply(ask);
      return { kind: 'health', health: serving.health(), size: serving.size() };
    },
  };
}
