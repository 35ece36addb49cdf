import { setTimeout as pause } from 'node:timers/promises';
import { isAlive } from '../../src/platform/postgres-server/postmaster.ts';
import type { DrillShop } from './drill-shop.ts';
import type { Trouble } from './links.ts';
import type { ProbeName, Reply } from './probes.ts';

const STARTED_AGAIN_MS = 60_000;
const GONE_POLL_MS = 5;

/** Something that goes wrong, what may be noticed of it meanwhile, and how it is put right. */
export interface Fault {
  readonly name: string;
  /** What it befalls: the word by which a person chooses it. */
  readonly of: string;
  /** The links that it needs. */
  readonly links?: readonly string[];
  /** Lets it happen; resolves when it is over. What ends by itself (a program that is started again) is over at once. */
  readonly happens: (shop: DrillShop) => Promise<void>;
  /** What shoppers and operators may notice; whatever is not named here goes on as if nothing were. */
  readonly noticed?: Noticed;
  /** Nothing is expected of answers to what was asked within so many ms of its beginning. */
  readonly graceMs?: number;
  /** Of the noticed replies those that have to be seen, so that the fault is known to have happened. */
  readonly shows?: Noticed;
  /** Left out of the tests: only whoever asks for it by `npm run faults` waits for it. */
  readonly isLong?: boolean;
}

export type Noticed = Readonly<Partial<Record<ProbeName, readonly Reply[]>>>;

/** All links that some faults need. */
export function linksOf(faults: readonly Fault[]): readonly string[] {
  return [...new Set(faults.flatMap(({ links = [] }) => links))];
}

/** SIGKILL to the whole program: whoever keeps it starts it again. */
export function killed(of: string, more: Omit<Fault, 'name' | 'of' | 'happens'> = {}): Fault {
  return {
    ...{ name: `${of} killed`, of, ...more },
    async happens(shop) {
      const dying = await signal(shop, of, 'SIGKILL');
      while (dying.some(isAlive)) await pause(GONE_POLL_MS);
    },
  };
}

/** SIGSTOP: it is there, takes connections and says nothing. */
export function paused(of: string, forMs: number, more: Omit<Fault, 'name' | 'of' | 'happens'> = {}): Fault {
  return {
    ...{ name: `${of} paused for ${forMs / 1_000} s`, of, ...more },
    async happens(shop) {
      const stopped = await signal(shop, of, 'SIGSTOP');
      try {
        await pause(forMs);
      } finally {
        for (const pid of stopped) send(pid, 'SIGCONT');
      }
    },
  };
}

/** Something is wrong with a link for a while. */
export function troubled(
  link: string,
  trouble: Trouble,
  forMs: number,
  more: Omit<Fault, 'name' | 'of' | 'links' | 'happens'> = {},
): Fault {
  const { type, ...details } = trouble;
  const words = [
    type,
    ...Object.entries(details).map(([name, value]) => (name === type ? value : `${name} ${value}`)),
  ].join(' ');
  const [from = '', to = ''] = link.split('>');
  return {
    ...{ name: `${from === '*' ? 'everybody' : from} → ${to}: ${words} for ${forMs / 1_000} s`, ...more },
    of: to.replace(/-\d+$/, ''),
    links: [link],
    async happens({ links }) {
      await links.trouble(link, trouble);
      try {
        await pause(forMs);
      } finally {
        await links.heal(link);
      }
    },
  };
}

/** Several at once; the longest says when it is over. */
export function together(name: string, of: string, faults: readonly Fault[], more: Partial<Fault> = {}): Fault {
  return {
    ...{ name, of, links: faults.flatMap(({ links = [] }) => links) },
    happens: async (shop) => void (await Promise.all(faults.map((fault) => fault.happens(shop)))),
    ...more,
  };
}

/** Waits for what an earlier fault has ended to be started again. */
async function signal(shop: DrillShop, of: string, what: NodeJS.Signals): Promise<readonly number[]> {
  for (const since = performance.now(); shop.pidsOf(of).length === 0; await pause(GONE_POLL_MS))
    if (performance.now() - since > STARTED_AGAIN_MS) {
      const running = shop.rows().map(({ name }) => name);
      throw new Error(`${of} does not run: ${running.join(', ')} do`);
    }
  const pids = shop.pidsOf(of);
  for (const pid of pids) send(pid, what);
  return pids;
}

/** To the process group that it leads. */
function send(pid: number, what: NodeJS.Signals): void {
  try {
    process.kill(-pid, what);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
  }
}
