import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { HOST } from './addresses.ts';
import type { Engine, Ports } from './port.ts';
import { redisOptions, redisRecipe } from './redis.ts';
import { askRedis, redisSays } from './redis-protocol.ts';

const GROUP = 'main';
const SENTINELS = ['sentinel-1', 'sentinel-2', 'sentinel-3'] as const;

/** A primary and a replica watched by three sentinels, which make the replica the primary about three seconds after a death. */
export const engine: Engine = {
  name: 'redis-sentinel',
  about: 'Redis with failover: a primary, a replica, three sentinels',
  recipe: redisRecipe,
  port: 26379,
  ports: ['main', 'sentinel-2', 'sentinel-3', 'server-1', 'server-2'],
  plan({ ports, folder, memoryMb, program }) {
    const [one, two] = [portOf(ports, 'server-1'), portOf(ports, 'server-2')];
    const primary = rememberedPrimary(folder) === two ? two : one;
    const server = (name: string, port: number) => ({
      name,
      command: [
        program('redis-server'),
        ...redisOptions(port, join(folder, name), memoryMb),
        ...['--repl-diskless-sync-delay', '0'],
        ...(port === primary ? [] : ['--replicaof', HOST, String(primary)]),
      ] as const satisfies readonly string[] as unknown as readonly [string, ...string[]],
    });
    // Sentinels look for replicas only every 10 s, so they start once the replica is in step.
    const inStep = () =>
      redisSays(primary === one ? two : one, 'INFO replication', /master_link_status:up|role:master/);
    const sentinels = SENTINELS.map((name, index) => ({
      name,
      command: [
        program('redis-server'),
        sentinelFile(folder, name, sentinelPort(ports, index), primary),
        '--sentinel',
      ] as const,
    }));
    return {
      url: `redis-sentinel://${SENTINELS.map((_, index) => `${HOST}:${sentinelPort(ports, index)}`).join(',')}#${GROUP}`,
      processes: [server('server-1', one), { ...server('server-2', two), ready: inStep }, ...sentinels],
      ready: async () => {
        const states = await Promise.all(SENTINELS.map((_, index) => isComplete(sentinelPort(ports, index))));
        return states.every(Boolean);
      },
      readyWithinMs: 60_000,
    };
  },
};

async function isComplete(port: number): Promise<boolean> {
  const quorum = await redisSays(port, `SENTINEL CKQUORUM ${GROUP}`, /^\+OK 3/);
  return quorum && !(await redisSays(port, `SENTINEL REPLICAS ${GROUP}`, /^\*0/));
}

function sentinelPort(ports: Ports, index: number): number {
  return index === 0 ? ports.main : portOf(ports, `sentinel-${index + 1}`);
}

function portOf(ports: Ports, name: string): number {
  return ports[name] ?? 0;
}

/** Sentinels write what they learn into their file: it is made once, and again when the ports have changed. */
function sentinelFile(folder: string, name: string, port: number, primary: number): string {
  const file = join(folder, `${name}.conf`);
  const known = existsSync(file) ? readFileSync(file, 'utf8') : '';
  if (known.includes(`port ${port}\n`) && known.includes(` ${primary} 2`)) return file;
  const lines = [
    ...[`bind ${HOST}`, `port ${port}`, `dir "${folder}"`, `sentinel monitor ${GROUP} ${HOST} ${primary} 2`],
    ...[`sentinel down-after-milliseconds ${GROUP} 2000`, `sentinel failover-timeout ${GROUP} 10000`],
  ];
  writeFileSync(file, `${lines.join('\n')}\n`);
  return file;
}

/** The primary that the sentinels agreed on last, undefined before the first start. */
function rememberedPrimary(folder: string): number | undefined {
  const file = join(folder, 'sentinel-1.conf');
  const known = existsSync(file) ? readFileSync(file, 'utf8') : '';
  const port = new RegExp(`sentinel monitor ${GROUP} \\S+ (\\d+)`).exec(known)?.[1];
  return port === undefined ? undefined : Number(port);
}

/** Where the primary is now, as the first sentinel says. */
export async function primaryPort(ports: Ports): Promise<number | undefined> {
  const answer = await askRedis(ports.main, `SENTINEL GET-MASTER-ADDR-BY-NAME ${GROUP}`);
  const found = /\r\n(\d+)\r\n$/.exec(answer)?.[1];
  return found === undefined ? undefined : Number(found);
}
