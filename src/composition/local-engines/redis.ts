import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { HOST } from './addresses.ts';
import type { Engine } from './port.ts';
import { redisSays } from './redis-protocol.ts';
import { versions } from './versions.ts';

/** How a Redis 7 server gets onto a machine; sentinel and cluster are the same program. */
export const redisRecipe = {
  version: versions.redis,
  programs: ['redis-server'],
  debian: ['redis-server'],
  byHand: 'install Redis 7 (`brew install redis`, or the package redis-server as root on Debian)',
} as const;

/** Options of every server: loopback, every write in the append-only file once a second, no snapshots in between. */
export function redisOptions(port: number, data: string, memoryMb: number | undefined): readonly string[] {
  mkdirSync(data, { recursive: true });
  return [
    ...['--bind', HOST, '--port', String(port), '--dir', data, '--appendonly', 'yes', '--save', ''],
    ...(memoryMb === undefined ? [] : ['--maxmemory', `${memoryMb}mb`]),
  ];
}

export const engine: Engine = {
  name: 'redis',
  about: 'cache, sessions and rate limits: one server',
  recipe: redisRecipe,
  port: 6379,
  ports: ['main'],
  plan({ ports, folder, memoryMb, settings, program }) {
    const options = redisOptions(ports.main, join(folder, 'data'), memoryMb);
    const more = Object.entries(settings).flatMap(([name, value]) => [`--${name}`, value]);
    return {
      url: `redis://${HOST}:${ports.main}`,
      processes: [{ name: 'server', command: [program('redis-server'), ...options, ...more] }],
      ready: () => redisSays(ports.main, 'PING', /^\+PONG/),
      readyWithinMs: 30_000,
    };
  },
};
