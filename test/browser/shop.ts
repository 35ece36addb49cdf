import { type ChildProcess, fork } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { chmodSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { freePort } from '../../src/composition/programs.ts';
import { dropDatabases } from '../shop.ts';
import type { Misdirected, Opened, Wish } from './shop-program.ts';

const PROGRAM = join(import.meta.dirname, 'shop-program.ts');
const GUARD = join(import.meta.dirname, '..', '..', 'src', 'composition', 'child-guard.ts');
const LAPTOP = join(import.meta.dirname, '..', '..', 'topologies', 'laptop.json');

/** How soon sellers ship and the carrier delivers, in ms: an order is delivered about three seconds after it was placed. */
export interface Pace {
  readonly shipAfterMs: number;
  readonly deliveryMs: readonly [number, number, number];
}

export const QUICK: Pace = { shipAfterMs: 1_500, deliveryMs: [200, 500, 900] };

/** The shop that the browser visits: a program of its own on a free port, with the sample catalogue. */
export interface ShopProgram {
  readonly url: string;
  readonly adminToken: string;
  /** Ends it without a word, as a power cut would. */
  kill(): Promise<void>;
  /** Opens it again, at the same address on the same data. */
  open(): Promise<void>;
  /**
   * Ships a parcel and delivers it in the name of a wrong order: news that orders cannot take, so that it goes to the hospital.
   * Answers the shipment's id.
   */
  misdirect(parcel: Misdirected): Promise<string>;
  /** What violates the invariants that `jangteo verify` proves. */
  verify(): Promise<readonly string[]>;
  /** Stops it and removes its databases and its folder. */
  remove(): Promise<void>;
}

export interface ShopProgramOptions {
  readonly pace?: Pace;
  /** The PostgreSQL that it runs on; without one it starts its own. */
  readonly server?: string;
}

/** Opens such a shop. */
export async function shopProgram({ pace = QUICK, server }: ShopProgramOptions = {}): Promise<ShopProgram> {
  const home = mkdtempSync(join(tmpdir(), 'jangteo-browser-'));
  chmodSync(home, 0o711);
  const prefix = `t_${randomBytes(5).toString('hex')}`;
  const topology = join(home, 'topology.json');
  writeFileSync(topology, JSON.stringify(paced(pace)));
  const env = {
    ...{ PATH: process.env.PATH, TMPDIR: process.env.TMPDIR, LOG_LEVEL: 'error', JANGTEO_HOME: home },
    ...{ PORT: String(await freePort()), JANGTEO_TOPOLOGY: topology },
    ...(server !== undefined && { DATABASE_URL: server }),
  };
  let child: ChildProcess | undefined;

  const launch = async (): Promise<Opened> => {
    const launched = fork(PROGRAM, [prefix], { env, execArgv: ['--import', GUARD] });
    child = launched;
    const [opened] = await Promise.race([
      once(launched, 'message') as Promise<[Opened]>,
      once(launched, 'exit').then(() => Promise.reject(new Error('the shop did not open: what it said stands above'))),
    ]);
    return opened;
  };
  const end = async (signal: NodeJS.Signals) => {
    const ending = child;
    child = undefined;
    if (ending === undefined || ending.exitCode !== null || ending.signalCode !== null) return;
    const gone = once(ending, 'exit');
    ending.kill(signal);
    await gone;
  };

  const ask = async (wish: Wish): Promise<unknown> => {
    if (child === undefined) throw new Error('the shop is closed');
    const answered = once(child, 'message');
    child.send(wish);
    const [{ answer, failed }] = (await answered) as [{ answer?: unknown; failed?: string }];
    if (failed !== undefined) throw new Error(failed);
    return answer;
  };

  const { url, adminToken } = await launch();
  return {
    ...{ url, adminToken },
    kill: () => end('SIGKILL'),
    open: async () => void (await launch()),
    misdirect: async (parcel) => (await ask({ misdirect: parcel })) as string,
    verify: async () => (await ask({ verify: true })) as readonly string[],
    async remove() {
      await end('SIGTERM');
      if (server !== undefined) await dropDatabases(server, prefix);
      rmSync(home, { recursive: true, force: true });
    },
  };
}

/** The topology of a laptop, with partners that make haste. */
function paced({ shipAfterMs, deliveryMs }: Pace): object {
  const laptop = JSON.parse(readFileSync(LAPTOP, 'utf8')) as { integrations: Record<string, object> };
  return {
    ...laptop,
    integrations: {
      ...laptop.integrations,
      carrier: { simulator: { args: ['--delays', deliveryMs.join()] } },
      'seller-autopilot': { when: 'demo', settings: { shipAfterMs, everyMs: 200 } },
    },
  };
}
