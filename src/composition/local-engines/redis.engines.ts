import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { launcherConformance } from './launcher-conformance.ts';
import { remembered } from './place.ts';
import type { RunningEngine } from './port.ts';
import { gone, isRunning } from './processes.ts';
import { redisSays, tellRedis } from './redis-protocol.ts';
import { startEngine } from './start.ts';

launcherConformance('redis', (options) => startEngine('redis', options), {
  put: async ({ ports }) => {
    await tellRedis(ports.main, 'SET word kept');
    // The append-only file reaches the disk once a second.
    await new Promise((resolve) => setTimeout(resolve, 1_100));
  },
  holds: ({ ports }) => redisSays(ports.main, 'GET word', /kept/),
});

test('an engine ends with the process that asked for it, also when that is killed', async () => {
  const home = mkdtempSync(join(tmpdir(), 'jangteo-watchdog-'));
  const program = `
    const { startEngine } = await import(${JSON.stringify(import.meta.resolve('./start.ts'))});
    await startEngine('redis', { home: ${JSON.stringify(home)}, install: false, endsWithUs: true });
    console.log('started');
    setInterval(() => {}, 1000);
  `;
  const child = spawn(process.execPath, ['--input-type=module', '-e', program], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  await once(child.stdout, 'data');
  const [server] = remembered(join(home, 'engines', 'redis'))?.processes ?? [];
  assert.ok(server !== undefined && isRunning(server));
  child.kill('SIGKILL');
  assert.ok(await gone(server, 10_000));
  rmSync(home, { recursive: true, force: true });
});

test('a paused engine does not answer, and does again', async () => {
  const home = mkdtempSync(join(tmpdir(), 'jangteo-paused-'));
  let engine: RunningEngine | undefined;
  try {
    engine = await startEngine('redis', { home, install: false, endsWithUs: true });
    const { main } = engine.ports;
    engine.pause();
    await assert.rejects(redisSays(main, 'PING', /PONG/));
    engine.resume();
    assert.ok(await redisSays(main, 'PING', /PONG/));
  } finally {
    await engine?.kill();
    rmSync(home, { recursive: true, force: true });
  }
});
