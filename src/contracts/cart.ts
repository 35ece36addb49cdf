import { Type } from 'typebox';
import { event } from './contract.ts';
import { Id, Quantity, Sku, TimeMs } from './shapes.ts';

const closed = { additionalProperties: false } as const;

export const cart = {
  service: 'cart',
  calls: {},
  events: {
    CartOpened: event(1, Type.Object({ cartId: Id, shopperId: Id, currency: Type.String(), openedAt: TimeMs }, closed)),
    LineAdded: event(1, Type.Object({ cartId: Id, sku: Sku, quantity: Quantity, addedAt: TimeMs }, closed)),
  },
} as const;
