import type { Bus, BusConsumer, Delivery } from '../bus/port.ts';
import { type Clock, type Random, sleep } from '../clock/port.ts';
import { ConflictFault, type EventStore, StaleSubscriptionFault, UnavailableFault } from '../event-store/port.ts';
import { type Case, failureOf, type Ward } from '../hospital/port.ts';
import { backoffMs } from '../resilience/retry.ts';
import type { Storage } from '../storage/port.ts';
import type { Logger } from '../telemetry/port.ts';
import { type Inbox, inbox, unsettled } from './inbox.ts';
import type { SubscriptionSpec, SubscriptionStatus } from './port.ts';
import { type Seat, standBy, takeSeat } from './seat.ts';

export interface SubscriptionOptions {
  /** The service that listens. */
  readonly service: string;
  /** Where the source's events come from; for the service's own log, the bus of its own log. */
  readonly bus: Bus;
  readonly store: Pick<EventStore, 'decide'>;
  readonly storage: Pick<Storage, 'positions'>;
  /** Where the subscription's failed events lie. */
  readonly ward: Ward;
  readonly clock: Clock;
  readonly random: Random;
  readonly logger: Logger;
  /** How often an event is tried before it becomes a case. Default 5. */
  readonly attempts?: number;
  /** Messages committed together, at most. Default 256. */
  readonly batch?: number;
  /** Handlers that run at the same time. Default 16. */
  readonly concurrency?: number;
  /** After how long without progress of the process that took over this one takes over again, in ms. Default 5,000. */
  readonly standbyMs?: number;
  /** Told once of each case, after it was written. What it throws is logged. */
  readonly onAdmitted?: (opened: Case) => void;
}

export interface SubscriptionRunner {
  status(): SubscriptionStatus;
  /** Stops between two commits. */
  stop(): Promise<void>;
}

const ATTEMPT_BACKOFF = { firstMs: 50, mostMs: 2_000 };
const OUTAGE_BACKOFF = { firstMs: 50, mostMs: 10_000 };

/**
 * Runs a subscription until it is stopped. Effects and position are committed together. An event that fails `attempts` times,
 * or whose intent is refused, becomes a case in the hospital, and later events of its subject wait behind it; other subjects
 * flow on. While the storage or a partner is unavailable it is asked again without end: that is not the event's fault.
 */
export function runSubscription(spec: SubscriptionSpec, options: SubscriptionOptions): SubscriptionRunner {
  const { service, bus, clock, random, logger, storage, store, ward, batch = 256, attempts: most = 5 } = options;
  const log = logger.child({ service, subscription: spec.name, source: spec.source });
  const stopping = new AbortController();
  const seatOptions = { subscription: spec.name, store, storage, clock, random, logger: log };
  let state: SubscriptionStatus['state'] = 'starting';
  let reason: string | undefined;
  let consumer: BusConsumer | undefined;
  const running = run();

  async function run(): Promise<void> {
    while (!stopping.signal.aborted) {
      const seat = await takeSeat(seatOptions, stopping.signal);
      if (seat === undefined) return;
      try {
        await occupy(seat);
      } catch (fault) {
        state = 'halted';
        reason = fault instanceof Error ? fault.message : String(fault);
        log.error({ error: reason }, 'subscription halted');
        return;
      }
      if (stopping.signal.aborted) return;
      state = 'standby';
      await standBy(seatOptions, seat, options.standbyMs ?? 5_000, stopping.signal);
    }
  }

  /** Listens until the seat is lost or the subscription is stopped. */
  async function occupy(seat: Seat): Promise<void> {
    const leaving = new AbortController();
    const leave = () => leaving.abort();
    let lost: Error | undefined;
    const left = new Promise<void>((resolve) =>
      leaving.signal.addEventListener('abort', () => resolve(), { once: true }),
    );
    const desk = inbox(
      { spec, store, ward, clock, concurrency: options.concurrency ?? 16, onAdmitted: admitted },
      seat,
    );
    await reloadWard(leaving.signal);
    stopping.signal.addEventListener('abort', leave, { once: true });
    if (stopping.signal.aborted) leave();
    consumer = bus.subscribe({
      group: `${service}.${spec.name}`,
      source: spec.source,
      types: Object.keys(spec.on),
      from: seat.place,
      batch,
      handle: (delivery) => settle(unsettled(delivery, seat), desk, leaving),
      lost(fault) {
        lost = fault;
        leave();
      },
    });
    state = 'running';
    await left;
    await consumer.close();
    stopping.signal.removeEventListener('abort', leave);
    if (lost !== undefined) throw lost;
  }

  /** Settles a whole delivery. Throws when the seat is lost or left in the middle of it. */
  async function settle(delivery: Delivery, desk: Inbox, leaving: AbortController): Promise<void> {
    let span = batch;
    let attempts = 1;
    let outages = 0;
    for (
      let next = desk.firstOpen(delivery, 0);
      next < delivery.messages.length;
      next = desk.firstOpen(delivery, next)
    ) {
      leaving.signal.throwIfAborted();
      try {
        const { done, trouble } = await attempt(delivery, desk, next, span, attempts);
        outages = 0;
        if (trouble === 'together') {
          span = Math.ceil(span / 2);
        } else if (trouble === undefined) {
          next += done;
          attempts = 1;
          span = Math.min(batch, span * 2);
          state = 'running';
        } else if (trouble.kind === 'fault' && attempts < most) {
          state = 'retrying';
          span = 1;
          log.warn({ attempts, code: trouble.code, error: trouble.detail }, 'an event cannot be handled yet');
          await sleep(clock, backoffMs(attempts, random, ATTEMPT_BACKOFF), leaving.signal);
          attempts++;
        } else {
          await desk.admit(delivery, next, trouble);
          next++;
          attempts = 1;
          state = 'running';
        }
      } catch (fault) {
        if (fault instanceof UnavailableFault) {
          state = 'retrying';
          outages++;
          log.warn({ outages, error: fault.message }, 'not available; asking again');
          await sleep(clock, backoffMs(outages, random, OUTAGE_BACKOFF), leaving.signal);
          continue;
        }
        if (fault instanceof StaleSubscriptionFault) leaving.abort();
        throw fault;
      }
    }
    state = 'running';
  }

  /** One attempt, with the fault of a commit as trouble: of the events `together`, or of the only one there was. */
  async function attempt(delivery: Delivery, desk: Inbox, next: number, span: number, attempts: number) {
    try {
      return await desk.attempt(delivery, next, span, attempts);
    } catch (fault) {
      if (fault instanceof UnavailableFault || fault instanceof StaleSubscriptionFault) throw fault;
      if (fault instanceof ConflictFault) await ward.reload();
      const subject = delivery.messages[next]?.subject ?? '';
      const together = span > 1 || (fault instanceof ConflictFault && ward.holds(subject));
      return { done: 0, trouble: together ? ('together' as const) : failureOf(fault, attempts, clock.now()) };
    }
  }

  async function reloadWard(signal: AbortSignal): Promise<void> {
    for (let failures = 1; !signal.aborted; failures++) {
      try {
        return await ward.reload();
      } catch (error) {
        log.warn({ failures, error: String(error) }, 'the hospital cannot be read yet');
        await sleep(clock, backoffMs(failures, random, OUTAGE_BACKOFF), signal);
      }
    }
  }

  function admitted(opened: Case): void {
    log.error({ case: opened.id, code: opened.failure.code }, 'an event went to the hospital');
    try {
      options.onAdmitted?.(opened);
    } catch (error) {
      log.error({ case: opened.id, error: String(error) }, 'nobody could be told of a case');
    }
  }

  return {
    status: () => ({
      name: spec.name,
      source: spec.source,
      state,
      behind: consumer?.behind() ?? 0,
      openCases: ward.size(),
      ...(reason === undefined ? {} : { reason }),
    }),
    async stop() {
      stopping.abort();
      await running;
      state = 'stopped';
    },
  };
}
