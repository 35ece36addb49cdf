import assert from 'node:assert/strict';
import { test } from 'node:test';
import { decimalMoney, formatMoney } from './money.ts';

test('money is written as its language does, from whole minor units', () => {
  assert.equal(formatMoney({ amount: 32_000, currency: 'KRW' }, 'ko'), '₩32,000');
  assert.equal(formatMoney({ amount: 32_000, currency: 'KRW' }, 'en'), '₩32,000');
  assert.equal(formatMoney({ amount: 2_200, currency: 'GBP' }, 'en'), '£22.00');
  assert.equal(formatMoney({ amount: 1_234_505, currency: 'USD' }, 'ko'), '$12,345.05');
  assert.equal(formatMoney({ amount: -50, currency: 'EUR' }, 'en'), '-€0.50');
});

test('for programs it is a decimal without a currency', () => {
  assert.equal(decimalMoney({ amount: 32_000, currency: 'KRW' }), '32000');
  assert.equal(decimalMoney({ amount: 5, currency: 'USD' }), '0.05');
});
