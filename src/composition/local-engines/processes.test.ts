import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { SetupFault } from '../fault.ts';
import { halt } from './halt.ts';
import { instancesOf, placeOf, remember, remembered } from './place.ts';
import { gone, isRunning, launch, markOf } from './processes.ts';
import { asEngineName } from './registry.ts';
import { logOf, untilReady } from './wait.ts';

const home = mkdtempSync(join(tmpdir(), 'jangteo-processes-'));
after(() => rmSync(home, { recursive: true, force: true }));

test('a process is remembered, recognised, and ended with what it started', async () => {
  const folder = placeOf(home, 'one');
  const log = logOf(folder, 'server');
  const process = await launch(['sh', '-c', 'sleep 60 & echo $!; wait'], { folder, log });
  remember(folder, { name: 'redis', ports: { main: 1 }, url: 'redis://', processes: [{ name: 'server', ...process }] });
  const state = remembered(folder);
  assert.ok(state !== undefined);
  assert.ok(state.processes.every(isRunning));
  assert.deepEqual(
    instancesOf(home).map(({ instance }) => instance),
    ['one'],
  );
  while (readFileSync(log, 'utf8') === '') await new Promise((resolve) => setTimeout(resolve, 5));
  await halt(folder, state);
  assert.ok(!isRunning(process));
  assert.deepEqual(remembered(folder)?.processes, []);
  const child = Number(readFileSync(log, 'utf8'));
  assert.equal(markOf(child), undefined);
});

test('another process of the same number is not taken for it', async () => {
  assert.ok(!isRunning({ pid: process.pid, mark: '1' }));
  assert.ok(await gone({ pid: process.pid, mark: '1' }, 0));
});

test('a program that is not there is a plain sentence', async () => {
  const folder = placeOf(home, 'none');
  await assert.rejects(launch(['no-such-program'], { folder, log: logOf(folder, 'none') }), SetupFault);
});

test('who dies before it answers is told with its last words, who does not answer with the time it had', async () => {
  const folder = placeOf(home, 'waits');
  const started = await launch(['sh', '-c', 'echo no licence; exit 1'], { folder, log: logOf(folder, 'server') });
  const processes = () => [{ name: 'server', ...started }];
  const awaited = { name: 'redis', folder, within: 5_000, say: () => undefined, processes };
  await assert.rejects(
    untilReady(async () => false, awaited),
    /redis ended before it answered.*no licence/s,
  );
  const late = { ...awaited, within: 0, processes: () => [] };
  await assert.rejects(
    untilReady(async () => false, late),
    /redis did not answer within 0 s/,
  );
});

test('a name that is no engine is refused with those there are', () => {
  assert.equal(asEngineName('kafka'), 'kafka');
  assert.throws(() => asEngineName('oracle'), /oracle is not an engine .* redis,/);
});
