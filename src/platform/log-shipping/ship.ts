import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Clock, type Random, sleep } from '../clock/port.ts';
import { backoffMs } from '../resilience/retry.ts';
import type { LogSink } from './port.ts';
import { BEGINNING, type Position, readJournal } from './read-journal.ts';

export interface ShippingOptions {
  /** Of the journal; how far it is shipped is remembered there. */
  readonly folder: string;
  readonly sink: LogSink;
  readonly clock: Clock;
  readonly random: Random;
  /** Told when the sink stops and begins to take lines. */
  readonly say: (line: string) => void;
}

export interface ShippingStatus {
  readonly shipped: number;
  /** By the sink, for good. */
  readonly refused: number;
  /** Removed from the journal before they could be shipped. */
  readonly lost: number;
  readonly failures: number;
}

export interface Shipping {
  status(): ShippingStatus;
  /** Resolves when nothing is under way any more; what is not shipped stays in the journal. */
  close(): Promise<void>;
}

const BATCH = { lines: 500, bytes: 1024 ** 2 };
const LOOK_MS = 500;
const BACKOFF = { firstMs: 500, mostMs: 15_000 };

/**
 * Ships a journal in order, batch for batch: the next one goes when the sink has taken the last. At least once: a batch that was taken
 * while we were killed is sent again.
 */
export function shipJournal({ folder, sink, clock, random, say }: ShippingOptions): Shipping {
  const closing = new AbortController();
  const file = join(folder, 'shipped.json');
  let position = remembered(file);
  let [shipped, refused, lost, failures] = [0, 0, 0, 0];

  async function deliver(lines: Parameters<LogSink['send']>[0]): Promise<boolean> {
    for (let attempt = 1; !closing.signal.aborted; attempt++) {
      const sent = await sink.send(lines);
      if (sent.kind === 'taken') {
        shipped += lines.length - sent.refused;
        refused += sent.refused;
        if (attempt > 1) say('Log lines are taken again.');
        return true;
      }
      failures += 1;
      if (attempt === 1) say(`Log lines wait on disk: ${sent.why}.`);
      await sleep(clock, Math.max(sent.afterMs ?? 0, backoffMs(attempt, random, BACKOFF)), closing.signal);
    }
    return false;
  }

  async function run(): Promise<void> {
    while (!closing.signal.aborted) {
      const read = await readJournal(folder, position, BATCH);
      const isNew = read.position.number !== position.number || read.position.first !== position.first;
      if (read.lines.length > 0 && !(await deliver(read.lines))) return;
      lost += read.lost;
      position = read.position;
      if (isNew) remember(file, position);
      else await sleep(clock, LOOK_MS, closing.signal);
    }
  }
  const running = run();
  return {
    status: () => ({ shipped, refused, lost, failures }),
    async close() {
      closing.abort();
      await running;
    },
  };
}

function remembered(file: string): Position {
  try {
    return existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as Position) : BEGINNING;
  } catch {
    return BEGINNING;
  }
}

function remember(file: string, position: Position): void {
  writeFileSync(`${file}.new`, JSON.stringify(position));
  renameSync(`${file}.new`, file);
}
