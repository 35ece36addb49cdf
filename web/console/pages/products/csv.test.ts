import assert from 'node:assert/strict';
import { test } from 'node:test';
import { recordsOf, rejectedCsv } from './csv.ts';

const file =
  '\ufeffseller,product,sku,title_en\r\npottery,mug,MUG,"A mug,\r\nbig"\r\n\r\nnobody,vase,VASE,"A ""vase"""\r\n';
const [head = '', mug = '', vase = ''] = recordsOf(file);

test('records are told apart as the import counts them', () => {
  assert.equal(head, 'seller,product,sku,title_en');
  assert.equal(mug, 'pottery,mug,MUG,"A mug,\r\nbig"');
  assert.equal(vase, 'nobody,vase,VASE,"A ""vase"""');
  assert.equal(recordsOf(file).length, 3);
  assert.deepEqual(recordsOf('a,b\n1,2'), ['a,b', '1,2']);
  assert.deepEqual(recordsOf(''), []);
});

const rejected = [
  { row: 3, sku: 'VASE', code: 'unknown_seller', field: 'seller', reason: 'There is no seller "nobody".' },
];

test('rejected rows keep the columns of their file and say what is wrong', () => {
  assert.deepEqual(recordsOf(rejectedCsv(rejected, recordsOf(file))), [
    `${head},rejected_row,rejected_column,rejected_why`,
    `${vase},3,seller,"There is no seller ""nobody""."`,
  ]);
});

test('without the file they are told by row and SKU, and nothing in them is a formula', () => {
  const risky = [{ row: 2, sku: '=cmd()', code: 'sku_taken', reason: 'taken' }];
  assert.deepEqual(recordsOf(rejectedCsv(risky, undefined)), [
    'rejected_row,rejected_column,rejected_why,sku,code',
    "2,,taken,'=cmd(),sku_taken",
  ]);
});
