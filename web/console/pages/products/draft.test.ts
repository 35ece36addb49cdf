import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { draftOf, emptyDraft, minorUnits, type Product, productOf } from './draft.ts';

const word = fc.stringMatching(/^[A-Za-z0-9][A-Za-z0-9 ]{0,8}[A-Za-z0-9]$/);
const prices = fc.dictionary(fc.constantFrom('GBP', 'KRW', 'KWD'), fc.integer({ min: 1, max: 1_000_000_000 }), {
  minKeys: 1,
});
const product: fc.Arbitrary<Product> = fc.record({
  sellerId: word,
  categoryIds: fc.array(word, { maxLength: 3 }),
  title: fc.record({ en: word, ko: word }, { requiredKeys: ['en'] }),
  description: fc.record({ en: word, ko: word }, { requiredKeys: [] }),
  images: fc.array(fc.stringMatching(/^\/[a-z]{1,8}\.svg$/), { maxLength: 3 }),
  variants: fc.array(
    fc.record({
      sku: word,
      options: fc.dictionary(fc.constantFrom('colour', 'size'), word),
      prices,
    }),
    { minLength: 1, maxLength: 4 },
  ),
});

test('what nobody changed is saved as it was', () => {
  fc.assert(
    fc.property(product, (made) => {
      const kept = structuredClone(made);
      assert.deepEqual(productOf(draftOf(kept)), { ok: true, product: kept });
    }),
  );
});

test('prices are read as people write them in each currency', () => {
  assert.deepEqual(
    [minorUnits('12.50', 'GBP'), minorUnits('12', 'GBP'), minorUnits('9900', 'KRW'), minorUnits('1.234', 'KWD')],
    [1_250, 1_200, 9_900, 1_234],
  );
  for (const text of ['', '0', '-1', '1,5', '1.234', '12.5 GBP'])
    assert.equal(minorUnits(text, 'GBP'), undefined, text);
  assert.equal(minorUnits('12.5', 'KRW'), undefined);
});

test('what cannot be read is told by its field', () => {
  const variants = [
    { id: 0, sku: ' ', options: 'colour', prices: { GBP: '1,50' } },
    { id: 1, sku: 'B', options: '', prices: {} },
  ];
  assert.deepEqual(productOf({ ...emptyDraft, variants }), {
    ok: false,
    errors: {
      'variants/0/sku': 'sku',
      'variants/0/options': 'options',
      'variants/0/prices/GBP': 'price',
      'variants/1/prices/GBP': 'noPrice',
    },
  });
});
