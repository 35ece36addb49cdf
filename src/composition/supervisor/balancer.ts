import { availableParallelism } from 'node:os';
import { setTimeout as pause } from 'node:timers/promises';
import { startBalancer } from '../balancers/start.ts';
import { SetupFault } from '../fault.ts';
import { LEADER_PATH } from '../process/leader-route.ts';
import type { Environment } from '../settings.ts';
import { addressFrom } from '../topology/addresses.ts';
import type { Balancer } from '../topology/growth.ts';
import type { Seats } from './seats.ts';
import type { StatusRow } from './status-table.ts';

const LEADS_WITHIN_MS = 30_000;
const LOOK_MS = 100;
/** It shares its machine with what it balances, and a thread of it keeps up with several of those. */
const CORES_A_THREAD = 4;

/** The balancer of a topology, at the shop's door. */
export interface DoorBalancer {
  readonly row: () => StatusRow;
  stop(): Promise<void>;
}

/**
 * Starts the balancer that a topology asks for before the replicas of its process, and waits until it leads to one of them.
 * Throws a SetupFault.
 */
export async function openBalancer(
  { engine, layer, to, sticky, slowStartMs, certificate }: Balancer,
  { all, door }: Seats,
  world: {
    readonly home: string;
    readonly host: string;
    readonly env: Environment;
    readonly say: (line: string) => void;
    readonly signal: AbortSignal;
  },
): Promise<DoorBalancer> {
  const { home, host, env, say, signal } = world;
  const fileOf = (key: 'certificateFile' | 'keyFile') =>
    addressFrom(certificate?.[key] ?? '', env, `balancer/certificate/${key}`);
  const started = await startBalancer({
    ...{ engine, layer, host, port: door.port, home, say },
    threads: Math.ceil(availableParallelism() / CORES_A_THREAD),
    upstreams: all.filter(({ plan }) => plan.name === to).map(({ url }) => url),
    // What changes something, and what is read where it was written, is answered where the services are led.
    ...(engine === 'haproxy' && layer === 7 && { leader: { prefix: '/v1/', healthPath: LEADER_PATH } }),
    ...(sticky !== undefined && { sticky }),
    ...(slowStartMs !== undefined && { slowStartMs }),
    ...(certificate && { certificate: { certificateFile: fileOf('certificateFile'), keyFile: fileOf('keyFile') } }),
  });
  try {
    await untilItLeads(started.url, signal);
  } catch (error) {
    await started.stop();
    throw error;
  }
  return {
    row() {
      const [running] = started.processes();
      const state = running === undefined ? 'restarting' : 'running';
      const common = {
        name: `balancer (${engine})`,
        port: door.port,
        restarts: started.restarts(),
        since: started.since(),
      };
      return { ...common, state, ...(running && { pid: running.pid }) };
    },
    stop: () => started.stop(),
  };
}

/** A balancer takes a moment to see that its replicas are up. Behind TLS whether it does is nobody's business who has no certificate. */
async function untilItLeads(url: string, signal: AbortSignal): Promise<void> {
  if (url.startsWith('https:')) return;
  const deadline = performance.now() + LEADS_WITHIN_MS;
  while (!signal.aborted) {
    const answer = await fetch(`${url}/readyz`, { signal }).catch(() => undefined);
    await answer?.body?.cancel();
    if (answer?.status === 200) return;
    if (performance.now() > deadline)
      throw new SetupFault(
        `The balancer at ${url} leads to no replica that is ready (${answer?.status ?? 'no answer'}): \`jangteo status\` tells which are.`,
      );
    await pause(LOOK_MS);
  }
}
