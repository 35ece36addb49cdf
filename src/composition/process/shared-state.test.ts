import assert from 'node:assert/strict';
import { once } from 'node:events';
import { type AddressInfo, createServer, type Socket } from 'node:net';
import { test } from 'node:test';
import { seededRandom } from '../../platform/clock/seeded.ts';
import { virtualClock } from '../../platform/clock/virtual.ts';
import { noMetrics, silentLogger } from '../../platform/telemetry/silent.ts';
import type { Settings } from '../settings.ts';
import type { Topology } from '../topology.ts';
import { openSharedState } from './shared-state.ts';

test('where the sessions’ database cannot be opened, the connection to Redis is closed again', {
  timeout: 5_000,
}, async () => {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const url = `redis://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const clock = virtualClock();
  const opening = openSharedState({
    topology: {
      sessions: 'postgres',
      rateLimits: 'redis',
      engines: { redis: { url } },
    } as Partial<Topology> as Topology,
    settings: {} as Settings,
    engines: { clock, random: seededRandom(1), sessions: () => Promise.reject(new Error('no such database')) },
    metrics: noMetrics,
    logger: silentLogger,
  });
  const refused = assert.rejects(opening, /no such database/);
  const [connection] = (await once(server, 'connection')) as [Socket];
  const closed = once(connection.resume(), 'close');
  await clock.advance(1_000);
  await refused;
  await closed;
  server.close();
});
