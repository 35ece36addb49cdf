import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { freePorts } from '../free-ports-harness.ts';
import type { BalancerEngine, BalancerOptions } from './port.ts';
import { startBalancer } from './start.ts';
import { type Pem, startUpstreams } from './upstreams-harness.ts';

export const NAMES = ['a', 'b', 'c'] as const;
const PORTS = { from: 27_100, to: 27_980, stride: 10, offsets: [0, 1, 5, 6, 7] };

/** Three upstreams behind a balancer, in a home of their own. */
export async function openBalancer(engine: BalancerEngine, wishes: Partial<BalancerOptions> = {}) {
  const home = mkdtempSync(join(tmpdir(), 'jangteo-balancer-'));
  const port = await freePorts(PORTS);
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
