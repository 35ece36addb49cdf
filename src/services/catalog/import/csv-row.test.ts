import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { minorUnits, readRow } from './csv-row.ts';

const good = {
  seller: 'pottery',
  product: 'mug',
  sku: 'MUG W',
  price: '12.50',
  currency: 'GBP',
  category: 'cups | gifts|cups',
  title_en: ' Mug ',
  title_ko: '머그컵',
  options: 'colour=white|size=M',
  image: '/images/cups/mug.svg',
  on_hand: '7',
};

test('a row is read', () => {
  assert.deepEqual(readRow(good), {
    ok: true,
    row: {
      product: {
        productId: 'mug',
        sellerId: 'pottery',
        categoryIds: ['cups', 'gifts'],
        title: { en: 'Mug', ko: '머그컵' },
        description: {},
        images: ['/images/cups/mug.svg'],
      },
      sku: 'MUG W',
      options: { colour: 'white', size: 'M' },
      currency: 'GBP',
      amount: 1_250,
      onHand: 7,
    },
  });
});

test('every bad field is refused with its name', () => {
  const bad: Record<string, string[]> = {
    seller: ['', 'a b', 'no'],
    product: ['', 'x/y'],
    sku: ['', 'ÄÖ', 'x'.repeat(65)],
    price: ['', '0', '-1', '1.234', '1,50', 'free', '99999999999', '1e3', 'NaN'],
    currency: ['', 'gbp', 'POUND'],
    category: ['a b', 'no'],
    options: ['colour', '=x', 'x='],
    on_hand: ['-1', '1.5', 'many', '9999999999'],
    title_en: ['x'.repeat(2_001)],
    image: ['x'.repeat(501)],
    description_ko: ['a\0b', 'half \ud800 pair'],
  };
  for (const [column, values] of Object.entries(bad))
    for (const value of values) {
      const read = readRow({ ...good, [column]: value });
      assert.ok(!read.ok, `${column} ${JSON.stringify(value)} was accepted`);
      assert.match(read.rejection.detail, new RegExp(`^${column} `));
    }
});

test('prices follow the minor digits of their currency', () => {
  assert.equal(minorUnits('12.5', 'GBP'), 1_250);
  assert.equal(minorUnits('0.01', 'GBP'), 1);
  assert.equal(minorUnits('9900', 'KRW'), 9_900);
  assert.equal(minorUnits('9900.00', 'KRW'), 9_900);
  assert.equal(minorUnits('9900.5', 'KRW'), undefined);
  assert.equal(minorUnits('1.234', 'KWD'), 1_234);
});

test('every amount that is written is read back', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 1_000_000_000 }), (amount) => {
      const text = `${Math.floor(amount / 100)}.${String(amount % 100).padStart(2, '0')}`;
      assert.equal(minorUnits(text, 'EUR'), amount);
    }),
  );
});
