import assert from 'node:assert/strict';
import { setTimeout as pause } from 'node:timers/promises';
import { launcherConformance } from './launcher-conformance.ts';
import type { Ports } from './port.ts';
import { askRedis, redisSays, tellRedis } from './redis-protocol.ts';
import { primaryPort } from './redis-sentinel.ts';
import { startEngine } from './start.ts';

const ON_DISK_MS = 1_100;

launcherConformance('redis-sentinel', (options) => startEngine('redis-sentinel', options), {
  async put({ ports }) {
    await tellRedis((await primaryPort(ports)) ?? 0, 'SET word kept');
    await pause(ON_DISK_MS);
  },
  holds: async ({ ports }) => redisSays((await primaryPort(ports)) ?? 0, 'GET word', /kept/),
});

launcherConformance('redis-cluster', (options) => startEngine('redis-cluster', options), {
  async put({ ports }) {
    await tellRedis(await ownerOf(ports, 'word'), 'SET word kept');
    await pause(ON_DISK_MS);
  },
  holds: async ({ ports }) => redisSays(await ownerOf(ports, 'word'), 'GET word', /kept/),
});

/** The port of the node that serves a key. */
async function ownerOf(ports: Ports, key: string): Promise<number> {
  const answer = await askRedis(ports.main, `GET ${key}`);
  const moved = /^-MOVED \d+ [^:]+:(\d+)/.exec(answer)?.[1];
  assert.ok(moved !== undefined || !answer.startsWith('-'), answer);
  return moved === undefined ? ports.main : Number(moved);
}
