import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { plants } from './planted-bugs.ts';
import { planted } from './plants.ts';

const here = import.meta.dirname;
const docs = readFileSync(join(here, '../../docs/simulation.md'), 'utf8');

/** What the simulation prints with the bug in the shop. */
function simulated(name: string, seeds: number): Promise<string> {
  const args = [join(here, 'simulate.ts'), '--plant', name, '--seeds', `${seeds}`];
  const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'] });
  const printed: Buffer[] = [];
  child.stdout.on('data', (part: Buffer) => printed.push(part));
  return new Promise((resolve) => child.once('close', () => resolve(Buffer.concat(printed).toString())));
}

describe('a planted bug is found', { concurrency: 2 }, () => {
  for (const { name, finds, within } of plants) {
    it(`${name}: within ${within} seeds`, async () => {
      const printed = await simulated(name, within);
      assert.match(printed, /fails:/);
      assert.match(printed, finds);
    });
  }
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
