import { join } from 'node:path';
import { HOST } from './addresses.ts';
import type { Engine, Ports } from './port.ts';
import { redisOptions, redisRecipe } from './redis.ts';
import { askRedis, redisSays, tellRedis } from './redis-protocol.ts';

const NODES = ['node-1', 'node-2', 'node-3', 'node-4', 'node-5', 'node-6'] as const;
const PRIMARIES = 3;
const SLOTS = 16_384;

/** Three primaries with a third of the slots each, and a replica of each. */
export const engine: Engine = {
  name: 'redis-cluster',
  about: 'Redis over several nodes: three primaries, three replicas',
  recipe: redisRecipe,
  port: 7000,
  ports: ['main', ...NODES.slice(1), ...NODES.map((node) => `${node}-bus`)],
  plan({ ports, folder, memoryMb, program }) {
    const nodes = NODES.map((name, index) => ({ name, index, port: index === 0 ? ports.main : (ports[name] ?? 0) }));
    const portsOfNodes = nodes.map(({ port }) => port);
    return {
      url: `redis-cluster://${portsOfNodes.map((port) => `${HOST}:${port}`).join(',')}`,
      processes: nodes.map(({ name, port }) => ({
        name,
        command: [
          program('redis-server'),
          ...redisOptions(port, join(folder, name), memoryMb),
          ...[
            '--cluster-enabled',
            'yes',
            '--cluster-port',
            String(ports[`${name}-bus`]),
            '--cluster-node-timeout',
            '2000',
          ],
          ...['--repl-diskless-sync-delay', '0'],
        ],
        ready: () => redisSays(port, 'PING', /^\+PONG/),
      })),
      join: () => form(portsOfNodes, ports),
      ready: async () => (await Promise.all(portsOfNodes.map(isWhole))).every(Boolean),
      readyWithinMs: 60_000,
    };
  },
};

/** A node that sees all slots served, and whose own copy is in step. */
async function isWhole(port: number): Promise<boolean> {
  if (!(await redisSays(port, 'CLUSTER INFO', /cluster_state:ok[\s\S]*cluster_known_nodes:6/))) return false;
  return await redisSays(port, 'INFO replication', /role:master|master_link_status:up/);
}

/** Gives out the slots, introduces the nodes and binds the replicas; a cluster that was formed before is left as it is. */
async function form(nodes: readonly number[], ports: Ports): Promise<void> {
  if (!(await redisSays(ports.main, 'CLUSTER INFO', /cluster_slots_assigned:0/))) return;
  const [first = 0, ...others] = nodes;
  for (const [index, port] of nodes.entries()) {
    await tellRedis(port, `CLUSTER SET-CONFIG-EPOCH ${index + 1}`);
    if (index >= PRIMARIES) continue;
    const [from, to] = [index, index + 1].map((third) => Math.floor((third * SLOTS) / PRIMARIES));
    await tellRedis(port, `CLUSTER ADDSLOTSRANGE ${from} ${(to ?? 0) - 1}`);
  }
  for (const [index, port] of others.entries())
    await tellRedis(first, `CLUSTER MEET ${HOST} ${port} ${ports[`node-${index + 2}-bus`]}`);
  const ids = await Promise.all(nodes.slice(0, PRIMARIES).map(idOf));
  await Promise.all(nodes.slice(PRIMARIES).map((port, index) => replicate(port, ids[index] ?? '')));
}

/** Asked again until the node has heard of its primary. */
async function replicate(port: number, primary: string): Promise<void> {
  const deadline = performance.now() + 30_000;
  for (;;) {
    const answer = await askRedis(port, `CLUSTER REPLICATE ${primary}`);
    if (answer.startsWith('+OK')) return;
    if (performance.now() > deadline) throw new Error(`the cluster does not form: ${answer.trim()}`);
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}

async function idOf(port: number): Promise<string> {
  return /[0-9a-f]{40}/.exec(await askRedis(port, 'CLUSTER MYID'))?.[0] ?? '';
}
