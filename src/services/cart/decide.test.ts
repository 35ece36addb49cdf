import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { fold } from '../../kernel/decider.ts';
import { given } from '../../kernel/decider-spec.ts';
import { cartAggregate } from './aggregate.ts';
import type { Cart, CartEvent } from './cart.ts';
import { type CartCommand, cart } from './decide.ts';

const NOW = 1_700_000_000_000;
const LIFE = 1_000;
const touch = { now: NOW + 1, expiresAfterMs: LIFE };
const opened: CartEvent = {
  type: 'CartOpened',
  data: { cartId: 'crt-1', shopperId: 'shp-1', currency: 'GBP', openedAt: NOW },
};
const added = (sku: string, quantity: number): CartEvent => ({
  type: 'LineAdded',
  data: { cartId: 'crt-1', sku, quantity, addedAt: NOW + 1 },
});
const started: CartEvent = { type: 'CheckoutStarted', data: { cartId: 'crt-1', orderId: 'ord-1', startedAt: NOW + 1 } };
const reopened: CartEvent = { type: 'CartReopened', data: { cartId: 'crt-1', orderId: 'ord-1', reopenedAt: NOW + 2 } };
const givenAway: CartEvent = { type: 'CartGivenAway', data: { cartId: 'crt-1', to: 'crt-2', givenAt: NOW + 1 } };
const add = (sku: string, quantity: number, now = NOW + 1): CartCommand => ({
  type: 'add',
  sku,
  quantity,
  ...touch,
  now,
});
const startCheckout = (orderId: string): CartCommand => ({ type: 'startCheckout', orderId, ...touch });
const everyChange: readonly CartCommand[] = [
  add('cup', 1),
  { type: 'change', sku: 'cup', quantity: 2, ...touch },
  { type: 'remove', sku: 'cup', ...touch },
  { type: 'merge', from: 'crt-9', lines: [{ sku: 'cup', quantity: 1 }], ...touch },
  { type: 'giveAway', to: 'crt-9', lines: [{ sku: 'cup', quantity: 1 }], ...touch },
];

describe('a cart', () => {
  it('is opened once', () =>
    given(cart, [], { redelivery: 'nothing' })
      .when({ type: 'open', cartId: 'crt-1', shopperId: 'shp-1', currency: 'GBP', now: NOW })
      .then([opened]));

  it('adds up what is added', () => {
    given(cart, [opened])
      .when(add('cup', 2))
      .then([added('cup', 2)]);
    const state = fold(cart, [opened, added('cup', 2), added('1', 1), added('cup', 3)]);
    assert.deepEqual(state.phase === 'open' && [...state.lines], [
      ['cup', 5],
      ['1', 1],
    ]);
  });

  it('holds no more pieces and lines than it may', () => {
    given(cart, [opened, added('cup', 9_999)])
      .when(add('cup', 2))
      .thenRejected('quantity_too_large');
    const lines = Array.from({ length: 1_000 }, (_, index) => ({ sku: `sku-${index}`, quantity: 1 }));
    const full: CartEvent = { type: 'CartMerged', data: { cartId: 'crt-1', from: 'crt-9', lines, mergedAt: NOW } };
    given(cart, [opened, full]).when(add('one-more', 1)).thenRejected('cart_full');
    given(cart, [opened, full], { redelivery: 'any' })
      .when(add('sku-0', 1))
      .then([added('sku-0', 1)]);
  });

  it('changes and removes its lines', () => {
    const change = { type: 'change', sku: 'cup', quantity: 7, ...touch } as const;
    given(cart, [opened, added('cup', 2)], { redelivery: 'nothing' })
      .when(change)
      .then([{ type: 'LineChanged', data: { cartId: 'crt-1', sku: 'cup', quantity: 7, changedAt: NOW + 1 } }]);
    given(cart, [opened]).when(change).thenRejected('unknown_line');
    given(cart, [opened, added('cup', 2)], { redelivery: 'nothing' })
      .when({ type: 'remove', sku: 'cup', ...touch })
      .then([{ type: 'LineRemoved', data: { cartId: 'crt-1', sku: 'cup', removedAt: NOW + 1 } }]);
    given(cart, [opened])
      .when({ type: 'remove', sku: 'cup', ...touch })
      .thenNothing();
  });

  it('takes in the lines of another, which gives them away once', () => {
    const lines = [{ sku: 'cup', quantity: 3 }];
    given(cart, [opened, added('cup', 2)])
      .when({ type: 'merge', from: 'crt-9', lines, ...touch })
      .then([{ type: 'CartMerged', data: { cartId: 'crt-1', from: 'crt-9', lines, mergedAt: NOW + 1 } }]);
    given(cart, [opened])
      .when({ type: 'merge', from: 'crt-9', lines: [], ...touch })
      .thenNothing();
    given(cart, [opened, added('cup', 9_999)])
      .when({ type: 'merge', from: 'crt-9', lines, ...touch })
      .thenRejected('quantity_too_large');
    const giveAway = { type: 'giveAway', to: 'crt-2', lines, ...touch } as const;
    given(cart, [opened, added('cup', 3)], { redelivery: 'any' })
      .when(giveAway)
      .then([givenAway]);
    given(cart, [opened, added('cup', 3), givenAway])
      .when(giveAway)
      .thenRejected('cart_merged');
    given(cart, [opened, added('cup', 2)])
      .when(giveAway)
      .thenRejected('cart_changed');
  });

  it('takes no change when it is unknown, given away, being bought or expired', () => {
    for (const command of everyChange) {
      given(cart, []).when(command).thenRejected('unknown_cart');
      given(cart, [opened, givenAway]).when(command).thenRejected('cart_merged');
      given(cart, [opened, added('cup', 1), started])
        .when(command)
        .thenRejected('cart_checked_out');
      given(cart, [opened, added('cup', 1)])
        .when({ ...command, now: NOW + 1 + LIFE + 1 })
        .thenRejected('cart_expired');
    }
  });

  it('lives on from its last touch', () => {
    given(cart, [opened, added('cup', 1)], { redelivery: 'any' })
      .when(add('cup', 1, NOW + 1 + LIFE))
      .then([{ type: 'LineAdded', data: { cartId: 'crt-1', sku: 'cup', quantity: 1, addedAt: NOW + 1 + LIFE } }]);
  });
});

describe('buying a cart', () => {
  const full = [opened, added('cup', 1)];

  it('fixes one order for as long as the attempt is open', () => {
    given(cart, full, { redelivery: 'nothing' }).when(startCheckout('ord-1')).then([started]);
    const resumed: CartCommand = { type: 'startCheckout', orderId: 'ord-1', resumes: true, ...touch };
    given(cart, [...full, started])
      .when(resumed)
      .then([]);
    given(cart, [...full, started, reopened])
      .when(resumed)
      .thenRejected('cart_checked_out');
    given(cart, [...full, started])
      .when(startCheckout('ord-2'))
      .thenRejected('cart_checked_out');
  });

  it('needs something to buy, and a cart that has not expired', () => {
    given(cart, [opened]).when(startCheckout('ord-1')).thenRejected('cart_empty');
    given(cart, []).when(startCheckout('ord-1')).thenRejected('unknown_cart');
    given(cart, full)
      .when({ type: 'startCheckout', orderId: 'ord-1', now: NOW + 2 + LIFE, expiresAfterMs: LIFE })
      .thenRejected('cart_expired');
  });

  it('is resumed however late, by the order that is open', () =>
    given(cart, [...full, started])
      .when({ type: 'startCheckout', orderId: 'ord-1', now: NOW + 9 * LIFE, expiresAfterMs: LIFE })
      .thenNothing());

  it('that came to nothing opens the cart again, for another order', () => {
    const reopen = { type: 'reopen', orderId: 'ord-1', now: NOW + 2 } as const;
    given(cart, [...full, started], { redelivery: 'nothing' })
      .when(reopen)
      .then([reopened]);
    given(cart, [...full, started])
      .when({ ...reopen, orderId: 'ord-0' })
      .thenNothing();
    given(cart, []).when(reopen).thenNothing();
    given(cart, [...full, started, reopened])
      .when(startCheckout('ord-2'))
      .then([{ type: 'CheckoutStarted', data: { cartId: 'crt-1', orderId: 'ord-2', startedAt: NOW + 1 } }]);
  });
});

describe('a snapshot', () => {
  it('is the cart again, whatever has happened to it', () => {
    const anyEvent = fc.oneof(
      fc
        .record({ sku: fc.constantFrom('cup', '1', '__proto__'), quantity: fc.integer({ min: 1, max: 9 }) })
        .map(({ sku, quantity }) => added(sku, quantity)),
      fc.constantFrom(started, reopened, givenAway),
    );
    fc.assert(
      fc.property(fc.array(anyEvent, { maxLength: 10 }), (events) => {
        const state: Cart = fold(cart, [opened, ...events]);
        const { encode, decode } = cartAggregate.snapshot ?? assert.fail('carts keep snapshots');
        assert.deepEqual(decode(JSON.parse(JSON.stringify(encode(state)))), state);
      }),
    );
  });
});
