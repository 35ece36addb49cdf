import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, it } from 'node:test';
import { writeWhole } from './write-whole.ts';

const folder = mkdtempSync(join(tmpdir(), 'jangteo-whole-'));
after(() => rmSync(folder, { recursive: true, force: true }));

it('a file is for its owner alone, also where it was for all, or half of one was left', () => {
  const file = join(folder, 'secret');
  for (const left of [file, `${file}.${process.pid}`]) writeFileSync(left, 'half', { mode: 0o644 });
  writeWhole(file, 'whole');
  assert.equal(readFileSync(file, 'utf8'), 'whole');
  assert.equal(statSync(file).mode & 0o777, 0o600);
  assert.deepEqual(readdirSync(folder), ['secret']);
});

it('what cannot be written leaves what was there, and nothing beside it', () => {
  const file = join(folder, 'taken');
  mkdirSync(file);
  assert.throws(() => writeWhole(file, 'text'), { code: /EISDIR|ENOTEMPTY|EEXIST/ });
  assert.equal(statSync(file).isDirectory(), true);
  assert.deepEqual(readdirSync(folder), ['secret', 'taken']);
});
