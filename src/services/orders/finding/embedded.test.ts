import assert from 'node:assert/strict';
import { it } from 'node:test';
import { placement } from '../fixture-orders.ts';
import { shop } from '../orders-harness.ts';
import { orderFinderConformance } from './conformance.ts';
import { holdsAll, wordsAsked, wordsOfOrder } from './words.ts';

orderFinderConformance('the service’s own view', () => shop());

it('an order’s words are its id, its SKUs and its titles, and nothing of its shopper', () => {
  const words = wordsOfOrder(placement);
  assert.deepEqual(
    ['cup', 'pot', 'towel', placement.orderId].filter((word) => !words.includes(word)),
    [],
  );
  assert.ok(!words.some((word) => word.includes('shp') || word.includes('sealed')));
});

it('beginnings are found, and ends of Hangul words, without case and width', () => {
  const parcels = placement.parcels.slice(0, 1).map((parcel) => ({
    ...parcel,
    lines: parcel.lines.slice(0, 1).map((line) => ({ ...line, title: { en: 'Ｃeladon TEAPOT', ko: '도자기' } })),
  }));
  const words = wordsOfOrder({ ...placement, parcels });
  const finds = (q: string) => holdsAll(words, wordsAsked(q));
  for (const q of ['celadon', 'TEA', 'tea cel', '자기', '도', '기']) assert.ok(finds(q), q);
  for (const q of ['pot', 'eapot', '자도', 'teapots']) assert.ok(!finds(q), q);
});
