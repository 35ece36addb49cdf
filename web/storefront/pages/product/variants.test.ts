import assert from 'node:assert/strict';
import { test } from 'node:test';
import { choicesIn, choicesOf, choose, firstChoice, optionGroups, valueState, variantOf } from './variants.ts';
import type { VariantView } from './view.ts';

function variant(sku: string, options: Record<string, string>, change: Partial<VariantView> = {}): VariantView {
  return {
    sku,
    options: Object.entries(options).map(([name, value]) => ({ name, value })),
    price: { amount: 100, currency: 'GBP' },
    availability: 'in_stock',
    ...change,
  };
}

const shirts = [
  variant('S-W', { size: 'S', colour: 'white' }, { availability: 'out_of_stock' }),
  variant('M-W', { size: 'M', colour: 'white' }),
  variant('M-S', { size: 'M', colour: 'sand' }, { availability: 'low_stock' }),
  variant('L-S', { size: 'L', colour: 'sand' }),
];

test('groups follow the variants; what has one value is no choice', () => {
  assert.deepEqual(optionGroups(shirts), [
    { name: 'size', values: ['S', 'M', 'L'] },
    { name: 'colour', values: ['white', 'sand'] },
  ]);
  assert.deepEqual(optionGroups([variant('A', { size: 'M', colour: 'a' }), variant('B', { size: 'M', colour: 'b' })]), [
    { name: 'colour', values: ['a', 'b'] },
  ]);
  assert.deepEqual(optionGroups([variant('A', {})]), []);
});

test('the first that can be bought is chosen first', () => {
  assert.equal(firstChoice(shirts)?.sku, 'M-W');
  assert.equal(firstChoice([variant('A', {}, { price: null }), variant('B', {})])?.sku, 'B');
  assert.equal(firstChoice([variant('A', {}, { availability: 'out_of_stock' })])?.sku, 'A');
  assert.equal(firstChoice([]), undefined);
});

test('a choice keeps the others where there is such a variant, else the nearest takes over', () => {
  const white = { size: 'M', colour: 'white' };
  assert.deepEqual(choose(shirts, white, 'colour', 'sand'), { size: 'M', colour: 'sand' });
  assert.deepEqual(choose(shirts, white, 'size', 'L'), { size: 'L', colour: 'sand' });
  assert.deepEqual(choose(shirts, { size: 'L', colour: 'sand' }, 'colour', 'white'), white, 'what can be bought first');
  assert.deepEqual(choose(shirts, white, 'size', 'unheard'), white);
  for (const { options } of shirts)
    for (const { name, value } of options) {
      const chosen = choose(shirts, white, name, value);
      assert.equal(chosen[name], value);
      assert.notEqual(variantOf(shirts, chosen), undefined);
    }
});

test('a value tells how it would do beside the other choices', () => {
  const chosen = choicesOf(shirts[1] as VariantView);
  assert.equal(valueState(shirts, chosen, 'size', 'S'), 'out_of_stock');
  assert.equal(valueState(shirts, chosen, 'size', 'L'), 'missing');
  assert.equal(valueState(shirts, chosen, 'colour', 'sand'), 'low_stock');
});

test('what was chosen before the scripts ran is read from the form', () => {
  const held = (entries: Record<string, string>) => {
    const form = new FormData();
    for (const [name, value] of Object.entries(entries)) form.set(name, value);
    return form;
  };
  const shown = { size: 'M', colour: 'white' };
  assert.equal(choicesIn(held({ 'option-size': 'M', 'option-colour': 'white', sku: 'M-W' }), shirts, shown), shown);
  assert.deepEqual(choicesIn(held({ 'option-size': 'M', 'option-colour': 'sand' }), shirts, shown), {
    ...{ size: 'M', colour: 'sand' },
  });
  assert.deepEqual(choicesIn(held({ 'option-size': 'L', 'option-colour': 'white' }), shirts, shown), {
    ...{ size: 'L', colour: 'sand' },
  });
  assert.equal(choicesIn(held({}), shirts, shown), shown);

  const bowls = [variant('S', { size: 'S' }), variant('L', { size: 'L' })];
  assert.deepEqual(choicesIn(held({ sku: 'L' }), bowls, { size: 'S' }), { size: 'L' });
  const small = { size: 'S' };
  assert.equal(choicesIn(held({ sku: 'S' }), bowls, small), small);
  assert.equal(choicesIn(held({ sku: 'gone' }), bowls, small), small);
});
