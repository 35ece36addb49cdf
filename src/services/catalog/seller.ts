import type { Seller } from '../../contracts/catalog.ts';
import type { Decider, DomainEvent } from '../../kernel/decider.ts';
import { accept, nothingToDo } from '../../kernel/rejection.ts';
import { sameContent } from './same-content.ts';

export type SellerState = Seller | null;
export interface SellerCommand {
  readonly kind: 'put';
  readonly seller: Seller;
}
export type SellerEvent = DomainEvent<'SellerChanged', { readonly seller: Seller }>;

export const sellerDecider: Decider<SellerState, SellerCommand, SellerEvent, never> = {
  initial: null,
  decide: ({ seller }, state) =>
    sameContent(state, seller) ? nothingToDo : accept({ type: 'SellerChanged', data: { seller } }),
  evolve: (_, event) => event.data.seller,
};
