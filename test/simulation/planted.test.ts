import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { assertFound } from './hunt.ts';
import { plants } from './planted-bugs.ts';
import { planted } from './plants.ts';

const here = import.meta.dirname;
const docs = readFileSync(join(here, '../../docs/simulation.md'), 'utf8');
/** Those that are found at once; `planted.long.ts` hunts all. */
const QUICK = 3;

describe('a planted bug is found', { concurrency: 2 }, () => {
  const quick = plants.toSorted((a, b) => a.within - b.within).slice(0, QUICK);
  for (const bug of quick) it(`${bug.name}: within ${bug.within} seeds`, () => assertFound(bug));
});

it('every bug has its place in the shop', () => {
  for (const bug of plants) planted(readFileSync(join(here, '../../src', bug.file), 'utf8'), bug);
});

it('a bug whose place has changed is not planted', () => {
  const bug = { name: 'made up', file: 'main.ts', text: 'one', becomes: 'two', finds: /./, within: 1 };
  assert.equal(planted('one day', bug), 'two day');
  assert.throws(() => planted('one by one', bug), /2 times/);
  assert.throws(() => planted('nothing', bug), /0 times/);
});

it('docs/simulation.md tells of every planted bug, and within how many seeds it is found', () => {
  const rows = docs.split('\n');
  for (const { name, within } of plants)
    assert.ok(
      rows.some((row) => row.startsWith(`| ${name} |`) && row.endsWith(`| ${within} |`)),
      name,
    );
});
