import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import en from '../../words/en.ts';
import ko from '../../words/ko.ts';
import { addressFields, amiss, changedIn, problemOf, purchaseBody, sayingOf } from './fields.ts';

const values = {
  ...{ email: ' sun@example.com ', name: ' Sun Kim ', line1: '1 Lane', line2: ' ', city: 'Leeds' },
  ...{ postalCode: 'LS1', country: 'GB', card: 'tok_visa' },
};
const money = (amount: number) => ({ amount, currency: 'GBP' });
const totals = { lines: money(1), shipping: money(0), discount: money(0), tax: money(0), total: money(1) };
const order = ['email', ...addressFields('en', 'GB'), 'card'] as const;

describe('what is typed at the checkout', () => {
  it('is asked for as people write an address', () => {
    assert.deepEqual(addressFields('ko', 'KR').slice(-3), ['city', 'line1', 'line2']);
    assert.deepEqual(addressFields('en', 'GB').slice(-2), ['city', 'postalCode']);
    assert.deepEqual(addressFields('en', 'KR'), addressFields('ko', 'US'));
  });

  it('is found in the form where it was typed before the scripts ran', () => {
    const form = new FormData();
    for (const [field, text] of Object.entries({ ...values, email: 'moon@example.com', card: 'tok_slow' }))
      form.set(field, text);
    form.set('cartId', 'crt_1');
    assert.deepEqual(changedIn(form, values), { email: 'moon@example.com', card: 'tok_slow' });
    assert.deepEqual(changedIn(new FormData(), values), {});
  });

  it('is looked through before it is sent', () => {
    assert.deepEqual(amiss(values, order), []);
    const wrong = { ...values, email: 'sun', name: '  ', postalCode: 'x'.repeat(21), card: '' };
    assert.deepEqual(amiss(wrong, order), ['email', 'name', 'postalCode', 'card']);
  });

  it('is sent without blanks, with the total that was seen', () => {
    const body = purchaseBody(values, 'crt_1', totals);
    assert.deepEqual(body.shippingAddress, {
      ...{ name: 'Sun Kim', line1: '1 Lane', city: 'Leeds', postalCode: 'LS1', country: 'GB' },
    });
    assert.deepEqual(
      [body.email, body.expectedTotal, body.payment],
      ['sun@example.com', money(1), { token: 'tok_visa' }],
    );
  });
});

describe('a refusal at the checkout', () => {
  it('is said with what it concerns', () => {
    const errors = [{ path: 'body/shippingAddress/name' }, { path: 'body/payment/token' }];
    const problem = problemOf({ code: 'validation_failed', status: 400, detail: '', errors });
    assert.deepEqual(problem.fields, ['name', 'card']);
    const changed = { code: 'price_changed', status: 409, detail: '', expected: money(1), actual: money(2) };
    assert.deepEqual(problemOf(changed).actual, money(2));
    const short = problemOf({ code: 'out_of_stock', status: 409, detail: '', sku: 'MUG', available: 2 });
    assert.deepEqual([short.sku, short.available], ['MUG', 2]);
  });

  it('has words of its own in both languages, for each reason that the shop gives', () => {
    const reasons = [
      ...['cart_empty', 'card_declined', 'out_of_stock', 'price_changed', 'total_too_large', 'order_cancelled'],
      ...['cart_changed', 'cart_expired', 'cart_merged', 'cart_checked_out', 'idempotency_key_reused', 'unavailable'],
      ...['validation_failed', 'unauthorized', 'forbidden', 'unknown_cart', 'processor_refused', 'step_timed_out'],
      ...['request_expired', 'reservation_lost', 'payment_voided', 'shopper_erased', 'unknown_seller', 'sku_repeated'],
    ];
    for (const code of reasons) {
      const { words } = sayingOf(code);
      assert.notEqual(words, 'other', code);
      for (const { checkout } of [en, ko]) assert.ok(words in checkout.problems, `${code}: ${words}`);
    }
    assert.equal(sayingOf('something_new').words, 'other');
  });
});
