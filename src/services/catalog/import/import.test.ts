import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Product } from '../../../contracts/catalog.ts';
import { sameContent } from '../same-content.ts';
import { type ImportRecord, type ImportTarget, importRecords, type PutOutcome } from './import.ts';

/** A shop that keeps what it is given and refuses products of sellers other than `pottery`. */
function shop() {
  const products = new Map<string, Product>();
  const stock = new Map<string, number>();
  const batches: number[] = [];
  const target: ImportTarget = {
    putProducts: async (batch) => {
      batches.push(batch.length);
      return new Map<string, PutOutcome>(batch.map((product) => [product.productId, put(product)]));
    },
    setOnHand: async (sku, onHand) => {
      if (sku === 'NO-STOCK') return { code: 'unavailable', detail: 'inventory did not answer in time' };
      stock.set(sku, onHand);
      return undefined;
    },
  };
  function put(product: Product): PutOutcome {
    if (product.sellerId !== 'pottery')
      return { kind: 'rejected', rejection: { code: 'unknown_seller', detail: 'There is no such seller.' } };
    if (sameContent(products.get(product.productId), product)) return { kind: 'unchanged' };
    products.set(product.productId, product);
    return { kind: 'changed' };
  }
  return { target, products, stock, batches };
}

function rows(...lines: string[]): ImportRecord[] {
  return lines.map((line, index) => {
    const [seller, product, sku, price, currency, on_hand] = line.split(',');
    return { number: index + 2, fields: { seller, product, sku, price, currency, on_hand, title_en: 'A thing' } };
  });
}

const file = rows(
  'pottery,mug,MUG-W,12.50,GBP,3',
  'pottery,mug,MUG-W,18000,KRW,5',
  'pottery,mug,MUG-B,13,GBP,',
  'pottery,bowl,BOWL,0,GBP,1',
  'nobody,vase,VASE,1,GBP,1',
  'pottery,jar,JAR,4,GBP,',
  'pottery,mug,MUG-X,9,GBP,',
);

test('rows become products with variants and prices; every rejected row is reported', async () => {
  const { target, products, stock } = shop();
  const report = await importRecords(file, target);
  assert.deepEqual(report, {
    rows: 7,
    imported: 4,
    unchanged: 0,
    rejected: [
      {
        ...{ row: 5, sku: 'BOWL', code: 'validation_failed', field: 'price' },
        reason: 'price must be more than zero, in GBP like 12.50',
      },
      { row: 6, sku: 'VASE', code: 'unknown_seller', field: 'seller', reason: 'There is no such seller.' },
      {
        ...{ row: 8, sku: 'MUG-X', code: 'rows_apart', field: 'product' },
        reason: 'the rows of a product must follow each other',
      },
    ],
  });
  assert.deepEqual(products.get('mug')?.variants, [
    { sku: 'MUG-W', options: {}, prices: { GBP: 1_250, KRW: 18_000 } },
    { sku: 'MUG-B', options: {}, prices: { GBP: 1_300 } },
  ]);
  assert.deepEqual([...stock], [['MUG-W', 5]]);
});

test('importing again changes nothing', async () => {
  const { target, products } = shop();
  await importRecords(file, target);
  const before = structuredClone(products);
  const { imported, unchanged, rejected } = await importRecords(file, target);
  assert.deepEqual({ imported, unchanged, rejected: rejected.length }, { imported: 0, unchanged: 4, rejected: 3 });
  assert.deepEqual(products, before);
});

test('a row that contradicts an earlier one of its SKU is refused alone', async () => {
  const { target, products } = shop();
  const report = await importRecords(
    rows('pottery,mug,MUG,1,GBP,', 'pottery,mug,MUG,2,GBP,', 'other,mug,MUG-2,2,GBP,'),
    target,
  );
  assert.equal(report.imported, 1);
  assert.deepEqual(
    report.rejected.map(({ row }) => row),
    [3, 4],
  );
  assert.deepEqual(products.get('mug')?.variants[0]?.prices, { GBP: 100 });
});

test('a row whose stock cannot be set is reported, and an unreadable row too', async () => {
  const { target } = shop();
  const unreadable: ImportRecord = { number: 3, unreadable: 'Quote Not Closed' };
  const report = await importRecords([...rows('pottery,mug,NO-STOCK,1,GBP,4'), unreadable], target);
  assert.equal(report.imported, 0);
  assert.deepEqual(
    report.rejected.map(({ row, code }) => [row, code]),
    [
      [2, 'unavailable'],
      [3, 'malformed_request'],
    ],
  );
});

test('products go in batches and every row is accounted for', async () => {
  const { target, products, batches } = shop();
  const many = rows(...Array.from({ length: 1_003 }, (_, index) => `pottery,mug-${index},SKU-${index},1,GBP,`));
  const report = await importRecords(many, target);
  assert.equal(products.size, 1_003);
  assert.equal(report.rows, report.imported + report.unchanged + report.rejected.length);
  assert.ok(batches.length < 10 && Math.max(...batches) <= 250, `batches of ${batches}`);
});
