import { type Delivery, heardOf, type Message, schemaVersionOf } from '../bus/port.ts';
import type { Clock } from '../clock/port.ts';
import { type EventStore, UnavailableFault, type Work } from '../event-store/port.ts';
import {
  type Case,
  type Failure,
  failureOf,
  type KeptEvent,
  refusalOf,
  unreadableOf,
  type Ward,
} from '../hospital/port.ts';
import type { Positions } from '../storage/port.ts';
import { commitEffects } from './commit-effects.ts';
import type { SubscriptionSpec } from './port.ts';
import { advanceOf, type Seat } from './seat.ts';
import { type Handled, handleWave } from './wave.ts';

export interface InboxOptions {
  readonly spec: SubscriptionSpec;
  readonly store: Pick<EventStore, 'decide'>;
  readonly ward: Ward;
  readonly clock: Clock;
  /** Handlers that run at the same time. */
  readonly concurrency: number;
  /** Told of a case after it was written. */
  readonly onAdmitted: (opened: Case) => void;
}

/** How far one attempt came: `done` messages are settled for good; with none, why the first one is not. */
export interface Progress {
  readonly done: number;
  readonly trouble?: Failure;
}

/** Settles messages of a delivery: their effects, the position and what the hospital keeps are one commit each time. */
export interface Inbox {
  /** The first message from index `from` on that is not settled yet: a commit of unknown fate may have succeeded after all. */
  firstOpen(delivery: Delivery, from: number): number;
  /** Handles and commits as many messages from index `from` as go together, at most `most`. Throws what `decide` throws, and an UnavailableFault of a handler. */
  attempt(delivery: Delivery, from: number, most: number, attempts: number): Promise<Progress>;
  /** Opens a case for the message at `index`. */
  admit(delivery: Delivery, index: number, failure: Failure): Promise<void>;
}

export function inbox(options: InboxOptions, seat: Seat): Inbox {
  const { spec, store, ward, clock, concurrency, onAdmitted } = options;
  const harmless = new Set(spec.harmless);
  /** Where the seat stood when the attempt began: should it move meanwhile, what the attempt comes to is not written. */
  let stood = seat;

  /** The work beside the effects of the messages before `end`. */
  function advance(delivery: Delivery, end: number, documents: Work['documents'], committed: () => void) {
    const to = positionsBefore(delivery, end);
    return {
      documents: documents ?? [],
      position: advanceOf(spec.name, stood, delivery.epoch, to),
      committed() {
        seat.place = { epoch: delivery.epoch, positions: to };
        committed();
      },
    };
  }

  /** Commits what was handled from index `from` on; less of it when the rules refuse something in the middle. */
  async function commit(
    delivery: Delivery,
    from: number,
    handled: readonly Handled[],
    attempts: number,
  ): Promise<Progress> {
    for (let count = handled.length; count > 0; ) {
      const part = handled.slice(0, count);
      const parked = ward.park(part.filter(({ waits }) => waits).map(({ message }) => keptOf(message)));
      const outcome = await commitEffects(
        store,
        part.map(({ message, effects }) => ({ effects, metadata: causedBy(message) })),
        harmless,
        advance(delivery, from + count, parked.documents, parked.committed),
      );
      if (outcome.ok) return { done: count };
      if (outcome.entry === 0) return { done: 0, trouble: refusalOf(outcome.rejection, attempts, clock.now()) };
      count = outcome.entry;
    }
    return { done: 0 };
  }

  return {
    firstOpen({ messages }, from) {
      const positions = seat.place?.positions ?? [];
      const open = messages.findIndex(
        ({ partition, position }, index) => index >= from && position > (positions[partition] ?? 0),
      );
      return open === -1 ? messages.length : open;
    },
    async attempt(delivery, from, most, attempts) {
      stood = { ...seat };
      const messages = delivery.messages.slice(from, from + most);
      const { handled, trouble } = await handleWave(messages, spec.on, (subject) => ward.holds(subject), concurrency);
      if (handled.length > 0) return commit(delivery, from, handled, attempts);
      if (trouble === undefined) return { done: 0 };
      const at = clock.now();
      if ('unreadable' in trouble) return { done: 0, trouble: unreadableOf(trouble.unreadable, attempts, at) };
      if (trouble.fault instanceof UnavailableFault) throw trouble.fault;
      return { done: 0, trouble: failureOf(trouble.fault, attempts, at) };
    },
    async admit(delivery, index, failure) {
      const message = delivery.messages[index];
      if (message === undefined) throw new RangeError(`the delivery has no message ${index}`);
      const { opened, documents, committed } = ward.admit(keptOf(message), failure);
      await store.decide({ intents: [], ...advance(delivery, index + 1, documents, committed) });
      onAdmitted(opened);
    },
  };
}

/** What of a delivery is not behind the seat yet: one that was left half done comes again, perhaps with more in it. */
export function unsettled(delivery: Delivery, seat: Seat): Delivery {
  if (seat.place === undefined) return delivery;
  const from = seat.place.positions;
  return {
    ...delivery,
    from,
    messages: delivery.messages.filter((each) => each.position > (from[each.partition] ?? 0)),
  };
}

/** Where a subscription stands when the first `count` messages of a delivery are settled. */
export function positionsBefore({ messages, from, through }: Delivery, count: number): Positions {
  if (count >= messages.length) return through;
  const positions = [...from];
  for (const { partition, position } of messages.slice(0, count)) positions[partition] = position;
  return positions;
}

export function causedBy({ id, traceparent }: Pick<Message, 'id' | 'traceparent'>) {
  return traceparent === undefined ? { causation: id } : { causation: id, traceparent };
}

function keptOf(message: Message): KeptEvent {
  return { ...heardOf(message), schemaVersion: schemaVersionOf(message) };
}
