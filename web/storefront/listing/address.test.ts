import assert from 'node:assert/strict';
import { test } from 'node:test';
import { addressWith, addressWithout, pageNumbers } from './address.ts';

test('a change of a filter leads back to the first page and leaves the others', () => {
  const path = '/c/tea?sort=newest&option=size%3AM&option=size%3AL&page=3';
  assert.equal(addressWith(path, { sort: 'price_asc' }), '/c/tea?option=size%3AM&option=size%3AL&sort=price_asc');
  assert.equal(addressWith(path, { page: '4' }), '/c/tea?sort=newest&option=size%3AM&option=size%3AL&page=4');
  assert.equal(addressWith('/c/tea?seller=a', { seller: undefined }), '/c/tea');
  assert.equal(addressWithout(path, 'option', 'size:M'), '/c/tea?sort=newest&option=size%3AL');
  assert.equal(
    addressWithout('/search?q=%EB%A8%B8%EA%B7%B8&option=a%3Ab', 'option', 'a:b'),
    '/search?q=%EB%A8%B8%EA%B7%B8',
  );
});

test('page numbers: the ends and the neighbours, a gap only where more than one is left out', () => {
  assert.deepEqual(pageNumbers(1, 1), [1]);
  assert.deepEqual(pageNumbers(2, 3), [1, 2, 3]);
  assert.deepEqual(pageNumbers(1, 10), [1, 2, null, 10]);
  assert.deepEqual(pageNumbers(4, 10), [1, 2, 3, 4, 5, null, 10]);
  assert.deepEqual(pageNumbers(6, 10), [1, null, 5, 6, 7, null, 10]);
  assert.deepEqual(pageNumbers(10, 10), [1, null, 9, 10]);
});
