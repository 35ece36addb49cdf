import assert from 'node:assert/strict';
import { test } from 'node:test';
import { taxesOf } from './cart-view.ts';

const money = (amount: number) => ({ amount, currency: 'KRW' });
const totals = (tax: number, total: number) => ({
  ...{ lines: money(135_000), shipping: money(6_500), discount: money(0), tax: money(tax), total: money(total) },
});

test('the rows of a total add up, whether its sellers’ prices hold the tax, come without, or both', () => {
  for (const [tax, total, added, included] of [
    [0, 141_500, 0, 0],
    [12_864, 141_500, 0, 12_864],
    [14_150, 155_650, 14_150, 0],
    [12_986, 142_850, 1_350, 11_636],
  ] as const) {
    const taxes = taxesOf(totals(tax, total));
    assert.deepEqual([taxes.added.amount, taxes.included.amount], [added, included]);
    assert.equal(135_000 + 6_500 + taxes.added.amount, total);
  }
});
