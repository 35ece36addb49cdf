import { type Clock, type Random, sleep } from '../clock/port.ts';
import { backoffMs } from '../resilience/retry.ts';
import type { LineSource, LogSink, NextLines } from './port.ts';

export interface ShippingOptions {
  readonly source: LineSource;
  readonly sink: LogSink;
  readonly clock: Clock;
  readonly random: Random;
  /** Told when lines cannot be shipped any more, and when they can again. */
  readonly say: (line: string) => void;
  /** How long lines gather before they go, in ms. Default 500. */
  readonly gatherMs?: number;
}

export interface ShippingStatus {
  readonly shipped: number;
  /** By the sink, for good. */
  readonly refused: number;
  /** Gone before they could be shipped. */
  readonly lost: number;
  /** Attempts that brought no line anywhere. */
  readonly failures: number;
}

export interface Shipping {
  status(): ShippingStatus;
  /** Ships what still waits, until it fails and for two seconds at most; what is not shipped by then stays where it waits. */
  close(): Promise<void>;
}

interface Failure {
  readonly why: string;
  readonly afterMs?: number;
}

const GATHER_MS = 500;
const CLOSE_MS = 2_000;
const BACKOFF = { firstMs: 500, mostMs: 15_000 };

/**
 * Ships lines in order, batch for batch: the next one goes when the sink has taken the last. At least once: a batch whose taking is
 * forgotten by its source is sent again. Nothing ends it but `close`: what fails, the reading as well, is tried again with pauses.
 */
export function ship({ source, sink, clock, random, say, gatherMs = GATHER_MS }: ShippingOptions): Shipping {
  const closing = new AbortController();
  const givingUp = new AbortController();
  let [shipped, refused, lost, failures] = [0, 0, 0, 0];

  async function shipNext(): Promise<NextLines | Failure> {
    try {
      const next = await source.next();
      if (next.lines.length > 0) {
        const sent = await sink.send(next.lines, givingUp.signal);
        if (sent.kind === 'later') return sent;
        shipped += next.lines.length - sent.refused;
        refused += sent.refused;
      }
      lost += next.lost;
      await source.taken();
      return next;
    } catch (error) {
      return { why: (error as Error).message };
    }
  }

  async function run(): Promise<void> {
    for (let failed = 0; !givingUp.signal.aborted; ) {
      const outcome = await shipNext();
      const isClosing = closing.signal.aborted;
      if ('why' in outcome) {
        failures += 1;
        failed += 1;
        if (failed === 1) say(`Log lines wait: ${outcome.why}.`);
        if (isClosing) return;
        await sleep(clock, Math.max(outcome.afterMs ?? 0, backoffMs(failed, random, BACKOFF)), closing.signal);
      } else {
        if (failed > 0) say(`Log lines are taken again; ${lost} were lost.`);
        failed = 0;
        if (isClosing && outcome.lines.length === 0) return;
        if (!outcome.isMore) await sleep(clock, gatherMs, closing.signal);
      }
    }
  }
  const running = run();
  return {
    status: () => ({ shipped, refused, lost, failures }),
    async close() {
      closing.abort();
      const cancel = clock.after(CLOSE_MS, () => givingUp.abort());
      await running;
      cancel();
    },
  };
}
