import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { BalancerEngine, BalancerOptions } from './port.ts';
import { startBalancer } from './start.ts';
import { type Pem, startUpstreams } from './upstreams-harness.ts';

export const NAMES = ['a', 'b', 'c'] as const;
/** Below the ports that the system hands out to clients. */
const [FIRST_PORT, LAST_PORT, STRIDE] = [27_100, 27_980, 10];
const USED = [0, 1, 5, 6, 7];

/** Three upstreams behind a balancer, in a home of their own. */
export async function openBalancer(engine: BalancerEngine, wishes: Partial<BalancerOptions> = {}) {
  const home = mkdtempSync(join(tmpdir(), 'jangteo-balancer-'));
  const port = await freePlace();
  const pems = wishes.layer === 4 ? NAMES.map((name) => certificateOf(home, name)) : [];
  const upstreams = await startUpstreams(port + 5, NAMES, pems);
  const options = { engine, layer: 7, port, home, upstreams: upstreams.origins, ...wishes } as const;
  const balancer = await startBalancer(options).catch(async (error: unknown) => {
    await upstreams.stop();
    throw error;
  });
  return {
    balancer,
    upstreams,
    home,
    async stop() {
      await balancer.stop();
      await upstreams.stop();
      rmSync(home, { recursive: true, force: true });
    },
  };
}

/** A certificate that nobody vouches for, made for one name. */
export function certificateOf(folder: string, name: string): Pem {
  const [cert, key] = [join(folder, `${name}.pem`), join(folder, `${name}.key`)];
  const made = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes', '-days', '2', '-subj', `/CN=${name}`];
  execFileSync('openssl', ['req', '-x509', ...made, '-out', cert, '-keyout', key], { stdio: 'ignore' });
  return { cert, key };
}

/** The first of some free ports; begins somewhere else in each process, for test files run beside each other. */
async function freePlace(): Promise<number> {
  const places = (LAST_PORT - FIRST_PORT) / STRIDE;
  for (let tried = 0; tried < places; tried++) {
    const first = FIRST_PORT + ((process.pid * 7 + tried) % places) * STRIDE;
    const free = await Promise.all(USED.map((offset) => isFree(first + offset)));
    if (free.every(Boolean)) return first;
  }
  throw new Error(`no ports are free between ${FIRST_PORT} and ${LAST_PORT}`);
}

function isFree(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const probe = createServer();
    probe.once('error', () => resolve(false));
    probe.listen(port, '127.0.0.1', () => probe.close(() => resolve(true)));
  });
}
