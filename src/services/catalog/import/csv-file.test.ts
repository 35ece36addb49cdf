import assert from 'node:assert/strict';
import { Readable } from 'node:stream';
import { test } from 'node:test';
import { csvRecords } from './csv-file.ts';
import type { ImportRecord } from './import.ts';

const HEAD = 'seller,product,sku,price,currency';

async function read(text: string, mostBytes = 1_000_000, chunk = 7): Promise<ImportRecord[]> {
  const bytes = Buffer.from(text);
  const chunks = Array.from({ length: Math.ceil(bytes.length / chunk) }, (_, at) =>
    bytes.subarray(at * chunk, (at + 1) * chunk),
  );
  return Array.fromAsync(csvRecords(Readable.from(chunks), mostBytes));
}

test('records are read across chunks, with quotes, line breaks and Korean', async () => {
  const records = await read(`\ufeff${HEAD},title_ko\r\na,b,c,1,GBP,"머그컵, ""큰""\n것"\r\n\r\nd,e,f,2,KRW,찻잔\r\n`);
  assert.deepEqual(records, [
    {
      number: 2,
      fields: { seller: 'a', product: 'b', sku: 'c', price: '1', currency: 'GBP', title_ko: '머그컵, "큰"\n것' },
    },
    { number: 3, fields: { seller: 'd', product: 'e', sku: 'f', price: '2', currency: 'KRW', title_ko: '찻잔' } },
  ]);
});

test('a row with too few or too many fields, or a quote out of place, is a record all the same', async () => {
  const records = await read(`${HEAD}\na,b,c\na,b"x,c,1,GBP,more,fields\n`);
  assert.deepEqual(
    records.map((record) => 'fields' in record && [record.fields.product, record.fields.currency]),
    [
      ['b', undefined],
      ['b"x', 'GBP'],
    ],
  );
});

test('a quote that is never closed is one unreadable row, numbered after those before it', async () => {
  const [first, second, ...rest] = await read(`${HEAD}\na,b,c,1,GBP\n"open,b,c\nd,e,f\n`);
  assert.ok(first !== undefined && 'fields' in first);
  assert.ok(second !== undefined && 'unreadable' in second);
  assert.equal(second.number, 3);
  assert.deepEqual(rest, []);
});

test('a file without the needed columns is refused, an empty one too', async () => {
  await assert.rejects(read('seller,product\na,b\n'), { code: 'validation_failed', detail: /sku, price, currency/ });
  await assert.rejects(read(''), { code: 'validation_failed' });
});

test('a file that is too large is refused', async () => {
  await assert.rejects(read(`${HEAD}\n${'a,b,c,1,GBP\n'.repeat(100)}`, 500), { code: 'payload_too_large' });
});
