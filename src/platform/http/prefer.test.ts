import assert from 'node:assert/strict';
import { test } from 'node:test';
import { preferredWaitMs } from './prefer.ts';

test('how long a caller waits', () => {
  const cases: readonly (readonly [string | undefined, number | undefined])[] = [
    [undefined, undefined],
    ['wait=5', 5_000],
    ['respond-async, wait=0', 0],
    ['wait="7"; foo=bar', 7_000],
    ['wait=900', 30_000],
    ['wait=-1', undefined],
    ['wait=1.5', undefined],
    ['await=5', undefined],
  ];
  for (const [prefer, expected] of cases)
    assert.equal(preferredWaitMs({ headers: { prefer } }), expected, String(prefer));
});
