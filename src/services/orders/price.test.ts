import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { LARGEST_TOTAL, type OrderLine } from '../../contracts/orders.ts';
import type { SellerTerms } from '../../contracts/shapes.ts';
import { lineOf, pricedAs, termsOf } from './fixture-orders.ts';
import { price } from './price.ts';

describe('the price of an order', () => {
  it('is made of a parcel per seller, in the order of their ids, each with its fee', () => {
    const lines = [lineOf('b', 'weaver', 1_200, 2), lineOf('a', 'potter', 500, 1), lineOf('c', 'weaver', 100, 1)];
    const { parcels, totals } = pricedAs(lines, [termsOf('weaver'), termsOf('potter')]);
    assert.deepEqual(
      parcels.map(({ parcelId, sellerId, lines }) => [parcelId, sellerId, lines.map((line) => line.sku)]),
      [
        ['parcel-1', 'potter', ['a']],
        ['parcel-2', 'weaver', ['b', 'c']],
      ],
    );
    assert.equal(totals.shipping, 798);
    assert.equal(totals.total, 500 + 2_500 + 798);
  });

  it('holds the tax inside where prices include it, shipping taxed like the goods', () => {
    const { totals } = pricedAs([lineOf('a', 'potter', 801, 1)], [termsOf('potter')]);
    assert.deepEqual(totals, { lines: 801, shipping: 399, discount: 0, tax: 200, total: 1_200 });
  });

  it('has the tax on top where they do not', () => {
    const { totals } = pricedAs([lineOf('a', 'potter', 601, 1)], [termsOf('potter', { pricesIncludeTax: false })]);
    assert.deepEqual(totals, { lines: 601, shipping: 399, discount: 0, tax: 200, total: 1_200 });
  });

  it('has no tax where the seller has none for the country, or no country is known, and no fee without one', () => {
    const terms = [termsOf('potter', { parcelFee: {}, pricesIncludeTax: false })];
    const lines = [lineOf('a', 'potter', 601, 1)];
    for (const country of ['KR', undefined]) {
      const pricing = price({ currency: 'GBP', lines, terms, ...(country === undefined ? {} : { country }) });
      assert.ok(pricing.ok);
      assert.deepEqual(pricing.priced.totals, { lines: 601, shipping: 0, discount: 0, tax: 0, total: 601 });
    }
  });

  it('is refused above the largest total, and without the terms of a seller', () => {
    const dear = [lineOf('a', 'potter', 1_000_000_000, 10_000), lineOf('b', 'potter', 1_000_000_000, 10_000)];
    const tooLarge = price({ currency: 'GBP', lines: dear, terms: [termsOf('potter')] });
    assert.equal(!tooLarge.ok && tooLarge.rejection.code, 'total_too_large');
    const unknown = price({ currency: 'GBP', lines: [lineOf('a', 'nobody', 1, 1)], terms: [termsOf('potter')] });
    assert.equal(!unknown.ok && unknown.rejection.code, 'unknown_seller');
  });

  it('loses no penny: lines, parcels and totals add up, whatever is bought', () => {
    fc.assert(
      fc.property(anyBasket, ({ lines, terms }) => {
        const pricing = price({ currency: 'GBP', country: 'GB', lines, terms });
        if (!pricing.ok) return assert.equal(pricing.rejection.code, 'total_too_large');
        const { parcels, totals } = pricing.priced;
        const goods = lines.reduce((sum, line) => sum + line.unitPrice * line.quantity, 0);
        assert.equal(totals.lines, goods);
        for (const field of ['lines', 'shipping', 'discount', 'tax', 'total'] as const) {
          assert.ok(Number.isSafeInteger(totals[field]) && totals[field] >= 0);
          assert.equal(
            totals[field],
            parcels.reduce((sum, parcel) => sum + parcel.totals[field], 0),
          );
        }
        for (const { totals, terms } of parcels) {
          const onTop = terms.pricesIncludeTax ? 0 : totals.tax;
          assert.equal(totals.total, totals.lines + totals.shipping - totals.discount + onTop);
        }
        assert.ok(totals.total <= LARGEST_TOTAL);
        const shuffled = price({ currency: 'GBP', country: 'GB', lines, terms: terms.toReversed() });
        assert.deepEqual(shuffled, pricing);
      }),
    );
  });
});

const anyTerms = (sellerId: string): fc.Arbitrary<SellerTerms> =>
  fc
    .record({
      fee: fc.nat(1_000),
      pricesIncludeTax: fc.boolean(),
      vat: fc.nat(3_000),
    })
    .map(({ fee, pricesIncludeTax, vat }) =>
      termsOf(sellerId, { parcelFee: { GBP: fee }, pricesIncludeTax, vatBasisPoints: { GB: vat } }),
    );

const anyBasket = fc.record({
  lines: fc
    .array(
      fc.record({
        seller: fc.constantFrom('potter', 'weaver', 'smith'),
        unitPrice: fc.oneof(fc.integer({ min: 1, max: 5_000 }), fc.integer({ min: 1, max: 1_000_000_000 })),
        quantity: fc.oneof(fc.integer({ min: 1, max: 20 }), fc.integer({ min: 1, max: 10_000 })),
      }),
      { minLength: 1, maxLength: 8 },
    )
    .map((lines): OrderLine[] =>
      lines.map(({ seller, unitPrice, quantity }, index) => lineOf(`sku-${index}`, seller, unitPrice, quantity)),
    ),
  terms: fc.tuple(anyTerms('potter'), anyTerms('weaver'), anyTerms('smith')).map((terms) => [...terms]),
});
