import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { rejected } from '../../kernel/outcome.ts';
import { answerOf } from '../../platform/http/problem.ts';
import { declined, PURCHASE, shop } from './cart-harness.ts';

async function filled() {
  const carts = await shop();
  const { handlers } = carts.running;
  const own = answerOf(await handlers.open({ currency: 'GBP' }, {}));
  answerOf(await handlers.add({ ...own, sku: 'cup', quantity: 2 }, {}));
  return { carts, handlers, own };
}

const codeOf = (outcome: { readonly kind: string; readonly rejection?: { readonly code: string } }) =>
  outcome.rejection?.code ?? outcome.kind;

describe('a cart by its calls', () => {
  it('is opened for a guest, filled, changed, read and emptied, with parcels and the prices of when it was filled', async () => {
    const { carts, handlers, own } = await filled();
    await using _ = carts;
    const read = answerOf(await handlers.read(own, {}));
    assert.equal(read.lines[0]?.priceWhenAdded?.amount, 500);
    const second = answerOf(await handlers.open({ currency: 'KRW', shopperId: own.shopperId }, {}));
    assert.equal(second.shopperId, own.shopperId);
    assert.notEqual(second.cartId, own.cartId);
    assert.equal(answerOf(await handlers.change({ ...own, sku: 'cup', quantity: 5 }, {})).lines[0]?.quantity, 5);
    assert.deepEqual(answerOf(await handlers.remove({ ...own, sku: 'cup' }, {})).lines, []);
  });

  it('is opened once for one key, of a guest only when nobody could guess it', async () => {
    await using carts = await shop();
    const { handlers } = carts.running;
    const open = async (idempotencyKey: string, currency = 'GBP') =>
      answerOf(await handlers.open({ currency }, { idempotencyKey }));
    const first = await open('a-key-of-16-chars');
    assert.deepEqual(await open('a-key-of-16-chars'), first);
    assert.notEqual((await open('short')).cartId, (await open('short')).cartId);
    const other = await handlers.open({ currency: 'KRW' }, { idempotencyKey: 'a-key-of-16-chars' });
    assert.equal(codeOf(other), 'idempotency_key_reused');
    const own = { currency: 'GBP', shopperId: first.shopperId };
    const second = answerOf(await handlers.open(own, { idempotencyKey: 'one' }));
    assert.deepEqual(answerOf(await handlers.open(own, { idempotencyKey: 'one' })), second);
  });

  it('belongs to its shopper', async () => {
    const { carts, handlers, own } = await filled();
    await using _ = carts;
    const stranger = { cartId: own.cartId, shopperId: 'shp_somebody' };
    assert.equal(codeOf(await handlers.read(stranger, {})), 'forbidden');
    assert.equal(codeOf(await handlers.add({ ...stranger, sku: 'pot', quantity: 1 }, {})), 'forbidden');
    assert.equal(
      codeOf(await handlers.checkout({ ...stranger, purchase: PURCHASE }, { idempotencyKey: 'k' })),
      'forbidden',
    );
    assert.equal(codeOf(await handlers.read({ ...own, cartId: 'crt_none' }, {})), 'unknown_cart');
  });

  it('takes a line once for one key, and refuses the key with another line', async () => {
    const { carts, handlers, own } = await filled();
    await using _ = carts;
    const more = { ...own, sku: 'pot', quantity: 1 };
    await handlers.add(more, { idempotencyKey: 'one' });
    const again = answerOf(await handlers.add(more, { idempotencyKey: 'one' }));
    assert.equal(again.lines.find(({ sku }) => sku === 'pot')?.quantity, 1);
    const other = await handlers.add({ ...more, quantity: 9 }, { idempotencyKey: 'one' });
    assert.equal(codeOf(other), 'idempotency_key_reused');
  });

  it('is bought once, whatever keys come', async () => {
    const { carts, handlers, own } = await filled();
    await using _ = carts;
    const buy = (idempotencyKey: string) =>
      handlers.checkout({ ...own, purchase: PURCHASE, waitMs: 5_000 }, { idempotencyKey });
    const [first, second] = await Promise.all([buy('one'), buy('two')]);
    const { orderId, status } = answerOf(first);
    assert.equal(status, 'confirmed');
    assert.equal(answerOf(second).orderId, orderId);
    assert.equal(answerOf(await buy('one')).orderId, orderId);
    assert.equal(carts.placed.length, 1);
    assert.equal(codeOf(await handlers.add({ ...own, sku: 'pot', quantity: 1 }, {})), 'cart_checked_out');
  });

  it('tells why it could not be bought, asks for a key, and is open again', async () => {
    const { carts, handlers, own } = await filled();
    await using _ = carts;
    assert.equal(codeOf(await handlers.checkout({ ...own, purchase: PURCHASE }, {})), 'idempotency_key_required');
    carts.script.end = { status: 'cancelled', reason: declined };
    const asked = { ...own, purchase: PURCHASE, waitMs: 5_000 };
    const refused = answerOf(await handlers.checkout(asked, { idempotencyKey: 'one' }));
    assert.deepEqual([refused.status, refused.reason?.code], ['cancelled', 'card_declined']);
    carts.script.place.push(rejected({ code: 'price_changed', detail: 'Changed.' }));
    assert.equal(codeOf(await handlers.checkout(asked, { idempotencyKey: 'two' })), 'price_changed');
    assert.equal(answerOf(await handlers.read(own, {})).status, 'open');
  });
});
