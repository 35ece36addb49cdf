import { Type } from 'typebox';
import { event } from './contract.ts';
import { Id, Quantity, Sku, TimeMs } from './shapes.ts';

const closed = { additionalProperties: false } as const;

/** What shoppers put together before they buy. Everything else a cart's log holds is its own affair. */
export const cart = {
  service: 'cart',
  calls: {},
  events: {
    CartOpened: event(1, Type.Object({ cartId: Id, shopperId: Id, currency: Type.String(), openedAt: TimeMs }, closed)),
    LineAdded: event(1, Type.Object({ cartId: Id, sku: Sku, quantity: Quantity, addedAt: TimeMs }, closed)),
  },
} as const;
