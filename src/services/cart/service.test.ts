import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { rejected, unknown } from '../../kernel/outcome.ts';
import { intent } from '../../platform/event-store/aggregate.ts';
import { cartAggregate } from './aggregate.ts';
import { declined, offerOf, PURCHASE, shop } from './cart-harness.ts';

describe('a cart through the public API', () => {
  it('is shown with prices, marks what is no longer sold, and belongs to its token', async () => {
    await using carts = await shop();
    const { url, token } = await carts.open('cup', 'pot', 'cup');
    carts.sold.delete('pot');
    const { body } = await carts.ask('GET', url, { token });
    assert.deepEqual(
      body.lines.map((line: { sku: string; quantity: number; onSale: boolean }) => [
        line.sku,
        line.quantity,
        line.onSale,
      ]),
      [
        ['cup', 2, true],
        ['pot', 1, false],
      ],
    );
    assert.deepEqual(body.lines[0].lineTotal, { amount: 1_000, currency: 'GBP' });
    assert.deepEqual(body.totals.total, { amount: 1_000, currency: 'GBP' });
    const other = await carts.open();
    assert.equal((await carts.ask('GET', url)).body.code, 'unauthorized');
    assert.equal((await carts.ask('GET', url, { token: other.token })).body.code, 'forbidden');
    assert.equal((await carts.ask('GET', '/v1/carts/crt_nothing', { token })).body.code, 'unknown_cart');
  });

  it('counts parallel adds, every one', async () => {
    await using carts = await shop();
    const { url, token } = await carts.open();
    const add = () => carts.ask('POST', `${url}/lines`, { token, body: { sku: 'cup', quantity: 1 } });
    const answers = await Promise.all(Array.from({ length: 30 }, add));
    assert.ok(answers.every((answer) => answer.status === 200));
    assert.equal((await carts.ask('GET', url, { token })).body.lines[0].quantity, 30);
  });

  it('adds once for one key', async () => {
    await using carts = await shop();
    const { url, token } = await carts.open();
    const add = { token, key: 'add-a-cup', body: { sku: 'cup', quantity: 1 } };
    await Promise.all([carts.ask('POST', `${url}/lines`, add), carts.ask('POST', `${url}/lines`, add)]);
    assert.equal((await carts.ask('POST', `${url}/lines`, add)).body.lines[0].quantity, 1);
    const other = { ...add, body: { sku: 'cup', quantity: 2 } };
    assert.equal((await carts.ask('POST', `${url}/lines`, other)).body.code, 'idempotency_key_reused');
  });

  it('changes, removes, and refuses what cannot be', async () => {
    await using carts = await shop();
    const { url, token } = await carts.open('cup', 'pot');
    const changed = await carts.ask('PATCH', `${url}/lines/cup`, { token, body: { quantity: 4 } });
    assert.equal(changed.body.lines[0].quantity, 4);
    assert.equal((await carts.ask('DELETE', `${url}/lines/cup`, { token })).body.lines.length, 1);
    const cases = [
      [await carts.ask('POST', `${url}/lines`, { token, body: { sku: 'spoon', quantity: 1 } }), 404, 'unknown_sku'],
      [await carts.ask('POST', `${url}/lines`, { token, body: { sku: 'cup', quantity: 0 } }), 400, 'validation_failed'],
      [await carts.ask('PATCH', `${url}/lines/cup`, { token, body: { quantity: 1 } }), 404, 'unknown_line'],
    ] as const;
    for (const [answer, status, code] of cases) assert.deepEqual([answer.status, answer.body.code], [status, code]);
  });

  it('is kept for its shopper: a token opens further carts, and a guest’s long key opens one', async () => {
    await using carts = await shop();
    const { token } = await carts.open();
    const second = await carts.ask('POST', '/v1/carts', { token, body: { currency: 'KRW' } });
    assert.equal(second.status, 201);
    assert.equal(second.body.token, token);
    const long = { key: 'a-guests-own-long-key', body: {} };
    assert.deepEqual(
      (await carts.ask('POST', '/v1/carts', long)).body,
      (await carts.ask('POST', '/v1/carts', long)).body,
    );
    const short = { key: 'short', body: {} };
    const [one, two] = [await carts.ask('POST', '/v1/carts', short), await carts.ask('POST', '/v1/carts', short)];
    assert.notEqual(one.body.cartId, two.body.cartId);
    assert.equal((await carts.ask('POST', '/v1/carts')).status, 201);
  });

  it('merges another cart whose token is shown, once', async () => {
    await using carts = await shop();
    const mine = await carts.open('cup');
    const theirs = await carts.open('cup', 'pot');
    const merge = (token: string) =>
      carts.ask('POST', `${mine.url}/merge`, { token: mine.token, body: { cartId: theirs.cartId, token } });
    assert.equal((await merge(mine.token)).body.code, 'forbidden');
    for (const answer of [
      ...(await Promise.all([merge(theirs.token), merge(theirs.token)])),
      await merge(theirs.token),
    ]) {
      assert.deepEqual(
        answer.body.lines.map((line: { sku: string; quantity: number }) => [line.sku, line.quantity]),
        [
          ['cup', 2],
          ['pot', 1],
        ],
      );
    }
    assert.equal((await carts.ask('GET', theirs.url, { token: theirs.token })).body.code, 'cart_merged');
  });

  it('expires when nobody touches it', async () => {
    await using carts = await shop({ expiresAfterMs: 1_000 });
    const { url, token } = await carts.open('cup');
    await new Promise((resolve) => setTimeout(resolve, 1_050));
    const late = await carts.ask('GET', url, { token });
    assert.deepEqual([late.status, late.body.code], [410, 'cart_expired']);
  });
});

describe('checkout', () => {
  it('answers 202 at once, 201 when it waited for the confirmation', async () => {
    await using carts = await shop();
    const first = await (await carts.open('cup')).checkout('one', {}, 'respond-async');
    assert.deepEqual([first.status, first.body.status], [202, 'placed']);
    const second = await (await carts.open('cup')).checkout('one');
    assert.deepEqual([second.status, second.body.status], [201, 'confirmed']);
    assert.equal(second.headers['preference-applied'], 'wait=5');
    const { lines, terms, email, paymentToken } = carts.placed[1] ?? assert.fail('nothing was placed');
    const { sku, productId, sellerId, title, unitPrice } = offerOf('cup');
    assert.deepEqual(lines, [{ sku, productId, sellerId, title, unitPrice, quantity: 1 }]);
    assert.deepEqual([terms.length, email, paymentToken], [1, 'ann@example.com', 'tok_visa']);
  });

  it('comes to one order, however often and with whatever key it is asked for', async () => {
    await using carts = await shop();
    const { checkout } = await carts.open('cup');
    const clicks = await Promise.all(['a', 'a', 'b', 'c', 'd', 'a'].map((key) => checkout(key)));
    const later = await checkout('e');
    const ids = new Set([...clicks, later].map((answer) => answer.body.orderId));
    assert.equal(ids.size, 1, JSON.stringify([...clicks, later].map((answer) => answer.body)));
    assert.equal(carts.placed.length, 1);
  });

  it('needs a key, keeps to its body, and needs something to buy', async () => {
    await using carts = await shop();
    const { url, token, checkout } = await carts.open('cup');
    const keyless = await carts.ask('POST', `${url}/checkout`, { token, body: PURCHASE });
    assert.equal(keyless.body.code, 'idempotency_key_required');
    await checkout('one');
    assert.equal((await checkout('one', { email: 'bo@example.com' })).body.code, 'idempotency_key_reused');
    assert.equal((await (await carts.open()).checkout('one')).body.code, 'cart_empty');
  });

  it('that is declined opens the cart again; the same key tells the same, another buys anew', async () => {
    await using carts = await shop();
    const { url, token, checkout } = await carts.open('cup');
    carts.script.end = { status: 'cancelled', reason: declined };
    const first = await checkout('one');
    assert.deepEqual([first.status, first.body.code], [402, 'card_declined']);
    carts.script.end = { status: 'confirmed' };
    const again = await checkout('one');
    assert.deepEqual([again.status, again.body.code], [402, 'card_declined']);
    assert.equal((await carts.ask('GET', url, { token })).body.status, 'open');
    const anew = await checkout('two');
    assert.equal(anew.status, 201);
    assert.notEqual(anew.body.orderId, first.body.orderId);
    assert.deepEqual((await checkout('one')).body.code, 'card_declined');
  });

  it('at a changed price opens the cart again', async () => {
    await using carts = await shop();
    const { url, token, checkout } = await carts.open('cup');
    carts.script.place.push(rejected({ code: 'price_changed', detail: 'Dearer.', extra: { actual: 2 } }));
    const refused = await checkout('one', { expectedTotal: { amount: 1, currency: 'GBP' } });
    assert.deepEqual([refused.status, refused.body.code], [409, 'price_changed']);
    assert.equal((await carts.ask('POST', `${url}/lines`, { token, body: { sku: 'pot', quantity: 1 } })).status, 200);
    assert.equal((await checkout('one', { expectedTotal: { amount: 1, currency: 'GBP' } })).body.code, 'price_changed');
    assert.equal((await checkout('two')).status, 201);
  });

  it('of something no longer sold is refused, and the order with it', async () => {
    await using carts = await shop();
    const { url, token, checkout } = await carts.open('cup', 'pot');
    carts.sold.delete('pot');
    const refused = await checkout('one');
    assert.deepEqual([refused.status, refused.body.code, refused.body.sku], [409, 'out_of_stock', 'pot']);
    assert.deepEqual(
      [...carts.standings.values()].map(({ status }) => status),
      ['cancelled'],
    );
    await carts.ask('DELETE', `${url}/lines/pot`, { token });
    assert.equal((await checkout('two')).status, 201);
  });

  it('whose order was lost on the way is resumed with the same order', async () => {
    await using carts = await shop();
    const { url, token, checkout } = await carts.open('cup');
    carts.script.place.push(unknown('timeout'));
    assert.equal((await checkout('one')).body.code, 'unavailable');
    const started = await carts.kit.store.load(cartAggregate, url.slice('/v1/carts/'.length));
    const held = await carts.ask('POST', `${url}/lines`, { token, body: { sku: 'pot', quantity: 1 } });
    assert.equal(held.body.code, 'cart_checked_out');
    const resumed = await checkout('one');
    assert.equal(resumed.status, 201);
    assert.equal(started.state.phase === 'buying' && started.state.orderId, resumed.body.orderId);
    assert.equal(carts.placed.length, 1);
  });

  it('that was given up long ago lets the cart go, and its order can never be placed', async () => {
    await using carts = await shop();
    const { cartId, url, token } = await carts.open('cup');
    const now = Date.now() - 61_000;
    const begun = { type: 'startCheckout', orderId: 'ord-lost', now, expiresAfterMs: 1_000_000 } as const;
    await carts.kit.store.decide({ intents: [intent(cartAggregate, cartId, begun)] });
    const added = await carts.ask('POST', `${url}/lines`, { token, body: { sku: 'pot', quantity: 1 } });
    assert.equal(added.body.lines.length, 2);
    assert.equal(carts.standings.get('ord-lost')?.status, 'cancelled');
  });

  it('whose order is cancelled later gives the cart back', async () => {
    await using carts = await shop();
    const { cartId, url, token, checkout } = await carts.open('cup');
    const { body } = await checkout('one');
    const heard = { orderId: body.orderId, cartId, cancelledAt: Date.now() };
    const effects = await carts.running.subscriptions?.[0]?.on.OrderCancelled?.({ data: heard } as never);
    for (const _ of [1, 2]) await carts.kit.store.decide({ intents: effects?.intents ?? [] });
    assert.equal((await carts.ask('POST', `${url}/lines`, { token, body: { sku: 'pot', quantity: 1 } })).status, 200);
  });

  it('writes the start of the attempt in one commit, and nothing more', async () => {
    await using carts = await shop();
    const { cartId, checkout } = await carts.open('cup');
    const commits: string[][] = [];
    carts.kit.store.onCommitted((events) => commits.push(events.map((event) => event.type)));
    await checkout('one');
    assert.deepEqual(commits, [['CheckoutStarted']]);
    const kept = JSON.stringify(await carts.kit.store.history(cartAggregate, cartId));
    for (const secret of ['ann@example.com', 'tok_visa', 'Leeds']) assert.ok(!kept.includes(secret));
  });
});
