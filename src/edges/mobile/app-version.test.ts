import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { isBefore } from './app-version.ts';

const versions = fc.array(fc.nat(30), { minLength: 1, maxLength: 4 }).map((numbers) => numbers.join('.'));

describe('versions of an app', () => {
  it('are compared number by number', () => {
    for (const [version, other, before] of [
      ['1.9', '1.10', true],
      ['1.10', '1.9', false],
      ['2', '2.0.0', false],
      ['2', '2.0.1', true],
      ['2.0.1', '2', false],
    ] as const)
      assert.equal(isBefore(version, other), before, `${version} before ${other}`);
  });

  it('stand in one order', () => {
    fc.assert(
      fc.property(versions, versions, versions, (a, b, c) => {
        assert.ok(!(isBefore(a, b) && isBefore(b, a)));
        if (isBefore(a, b) && isBefore(b, c)) assert.ok(isBefore(a, c));
      }),
    );
  });
});
