import assert from 'node:assert/strict';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { cached, inCache } from './cache.ts';

const folder = mkdtempSync(join(tmpdir(), 'jangteo-cache-'));
process.env.JANGTEO_ENGINES_CACHE = folder;
after(() => rmSync(folder, { recursive: true, force: true }));

const silent = () => undefined;

test('what fails in the middle leaves nothing, and the next attempt begins anew', async () => {
  const half = cached('half', '1', silent, async (making) => {
    writeFileSync(join(making, 'first'), '');
    throw new Error('the network is gone');
  });
  await assert.rejects(half, /the network is gone/);
  assert.ok(!existsSync(inCache('half', '1')));
  const place = await cached('half', '1', silent, async (making) => writeFileSync(join(making, 'second'), ''));
  assert.deepEqual(readdirSync(place), ['second']);
});

test('what a killed installation left is removed', async () => {
  mkdirSync(`${inCache('killed', '1')}.making`);
  writeFileSync(join(`${inCache('killed', '1')}.making`, 'rest'), '');
  writeFileSync(`${inCache('killed', '1')}.lock`, '999999999 1');
  const place = await cached('killed', '1', silent, async (making) => writeFileSync(join(making, 'whole'), ''));
  assert.deepEqual(readdirSync(place), ['whole']);
  assert.deepEqual(
    readdirSync(folder).filter((name) => name.startsWith('killed')),
    ['killed-1'],
  );
});

test('two at once install once, and the second is told that it waits', async () => {
  const said: string[] = [];
  let made = 0;
  const make = async (making: string) => {
    await new Promise((resolve) => setTimeout(resolve, 150));
    writeFileSync(join(making, 'count'), String(++made));
  };
  const [one, other] = await Promise.all([
    cached('twice', '1', (line) => said.push(line), make),
    cached('twice', '1', (line) => said.push(line), make),
  ]);
  assert.equal(one, other);
  assert.equal(readFileSync(join(one, 'count'), 'utf8'), '1');
  assert.match(said.join(), /Waiting for twice/);
});
