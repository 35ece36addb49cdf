import type { Place } from '../bus/port.ts';
import { type Clock, type Random, sleep } from '../clock/port.ts';
import { type EventStore, StaleSubscriptionFault } from '../event-store/port.ts';
import { backoffMs } from '../resilience/retry.ts';
import type { PositionAdvance, Positions, Storage } from '../storage/port.ts';
import type { Logger } from '../telemetry/port.ts';

/** The right to advance a subscription, and where it stands. Whoever takes it later holds a higher fence. */
export interface Seat {
  readonly fence: number;
  /** Undefined when the subscription has never run. */
  place: Place | undefined;
}

export interface SeatOptions {
  readonly subscription: string;
  readonly store: Pick<EventStore, 'decide'>;
  readonly storage: Pick<Storage, 'positions'>;
  readonly clock: Clock;
  readonly random: Random;
  readonly logger: Logger;
}

const BACKOFF = { firstMs: 50, mostMs: 5_000 };

/** Takes the seat from whoever holds it, asking until the storage answers. Undefined when `signal` aborts. */
export async function takeSeat(options: SeatOptions, signal: AbortSignal): Promise<Seat | undefined> {
  const { subscription, store, storage, clock, random, logger } = options;
  for (let attempt = 1; !signal.aborted; attempt++) {
    try {
      const stored = await storage.positions(subscription, 0);
      if (stored === undefined) return { fence: 1, place: undefined };
      const { epoch, positions } = stored;
      const seat: Seat = { fence: stored.fence + 1, place: { epoch, positions } };
      await store.decide({ intents: [], position: advanceOf(subscription, seat, epoch, positions) });
      return seat;
    } catch (fault) {
      if (!(fault instanceof StaleSubscriptionFault)) {
        logger.warn({ subscription, attempt, error: String(fault) }, 'the position cannot be read yet');
      }
      await sleep(clock, backoffMs(attempt, random, BACKOFF), signal);
    }
  }
  return undefined;
}

/** Waits while another process, which took the seat, advances. Returns when it has not for `idleMs`, or when nobody took it. */
export async function standBy(options: SeatOptions, seat: Seat, idleMs: number, signal: AbortSignal): Promise<void> {
  const { subscription, storage, clock, random } = options;
  let seen = '';
  while (!signal.aborted) {
    const stored = await storage.positions(subscription, 0).catch(() => undefined);
    if (stored !== undefined && stored.fence <= seat.fence) return;
    const now = JSON.stringify(stored ?? seen);
    if (now === seen) return;
    seen = now;
    await sleep(clock, idleMs * (1 + random.fraction()), signal);
  }
}

/** The advance of a seat to `to`, to be committed with its effects. */
export function advanceOf(subscription: string, seat: Seat, epoch: string, to: Positions): PositionAdvance {
  return { subscription, generation: 0, epoch, fence: seat.fence, from: seat.place?.positions, to };
}
