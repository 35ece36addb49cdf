import type { SearchAnswer, SearchRequest } from '../../contracts/search.ts';
import type { IndexEntry, IndexHealth, SkuAvailability } from './port.ts';

/** What the index's worker is asked. `building` means the index that is being filled beside the one that serves. */
export type Ask =
  | { readonly kind: 'put'; readonly entries: readonly IndexEntry[]; readonly only?: 'building' }
  | { readonly kind: 'remove'; readonly productId: string; readonly version: number }
  | { readonly kind: 'stock'; readonly changes: readonly SkuAvailability[]; readonly only?: 'building' }
  | { readonly kind: 'begin' }
  | { readonly kind: 'change_over' }
  | { readonly kind: 'abandon' }
  | { readonly kind: 'search'; readonly request: SearchRequest };

export type Reply =
  | { readonly kind: 'health'; readonly health: IndexHealth /** Of the index that serves. */; readonly size: number }
  | { readonly kind: 'answer'; readonly answer: SearchAnswer };

export interface AskMessage {
  readonly id: number;
  readonly ask: Ask;
}
export type ReplyMessage =
  | { readonly id: number; readonly reply: Reply }
  | { readonly id: number; readonly fault: string };
