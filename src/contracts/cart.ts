import { type Static, Type } from 'typebox';
import { command, event, query } from './contract.ts';
import { Standing } from './orders.ts';
import { Address, Country, Currency, Id, Money, Quantity, Sku, TimeMs } from './shapes.ts';
import { ShownCart } from './shown-cart.ts';

const closed = { additionalProperties: false } as const;

/** What a shopper says when they buy. */
export const Purchase = Type.Object(
  {
    email: Type.String({ minLength: 3, maxLength: 254, pattern: '^[^@\\s]+@[^@\\s]+$' }),
    shippingAddress: Address,
    payment: Type.Object({ token: Type.String({ minLength: 1, maxLength: 200 }) }, closed),
    expectedTotal: Type.Optional(Money),
  },
  closed,
);
export type Purchase = Static<typeof Purchase>;

/** A cart and the shopper who owns it; whoever asks has made sure that it is they. */
const own = { cartId: Id, shopperId: Id };
const ofCart = ['unknown_cart', 'forbidden', 'cart_expired', 'cart_merged'];
const ofChange = [...ofCart, 'cart_checked_out', 'idempotency_key_reused'];

/** What shoppers put together before they buy. Everything else a cart's log holds is its own affair. */
export const cart = {
  service: 'cart',
  calls: {
    /**
     * Opens a cart for the shopper, for a new guest where none is named; with the same idempotency key once. A guest's key counts
     * from 16 characters on.
     */
    open: command(
      Type.Object({ currency: Currency, shopperId: Type.Optional(Id) }, closed),
      Type.Object({ cartId: Id, shopperId: Id }, closed),
      'idempotency_key_reused',
    ),
    /**
     * The cart at the prices of this moment, with the tax of `country` where it is named. `after` is the newest `asOf` that the
     * shopper was answered: with it a copy may answer that is at least as new.
     */
    read: query(
      Type.Object(
        { ...own, country: Type.Optional(Country), after: Type.Optional(Type.String({ maxLength: 4_096 })) },
        closed,
      ),
      ShownCart,
      ...ofCart,
    ),
    /** Puts more of a SKU in; with the same idempotency key once, however often it is asked. */
    add: command(
      Type.Object({ ...own, sku: Sku, quantity: Quantity }, closed),
      ShownCart,
      ...[...ofChange, 'unknown_sku', 'cart_full', 'quantity_too_large'],
    ),
    /** Sets how many of a SKU are in it. */
    change: command(
      Type.Object({ ...own, sku: Sku, quantity: Quantity }, closed),
      ShownCart,
      ...[...ofChange, 'unknown_line'],
    ),
    remove: command(Type.Object({ ...own, sku: Sku }, closed), ShownCart, ...ofChange),
    /**
     * Buys what is in it, under the context's idempotency key (required), and waits up to `waitMs` for the outcome. An order
     * that came to nothing is answered as such, with its reason; the cart is open again then.
     */
    checkout: command(
      Type.Object(
        { ...own, purchase: Purchase, waitMs: Type.Optional(Type.Integer({ minimum: 0, maximum: 30_000 })) },
        closed,
      ),
      Standing,
      ...[...ofCart, 'cart_empty', 'out_of_stock', 'price_changed', 'total_too_large', 'cart_changed'],
      ...['unknown_seller', 'sku_repeated', 'shopper_erased'],
      ...['idempotency_key_required', 'idempotency_key_reused', 'idempotency_key_in_use'],
    ),
  },
  events: {
    CartOpened: event(1, Type.Object({ cartId: Id, shopperId: Id, currency: Type.String(), openedAt: TimeMs }, closed)),
    /** `unitPrice`: what one cost at that moment, in minor units of the cart's currency; version 1 did not say. */
    LineAdded: event(
      2,
      Type.Object(
        {
          cartId: Id,
          sku: Sku,
          quantity: Quantity,
          unitPrice: Type.Optional(Type.Integer({ minimum: 1 })),
          addedAt: TimeMs,
        },
        closed,
      ),
      { 1: (data) => data },
    ),
  },
} as const;
