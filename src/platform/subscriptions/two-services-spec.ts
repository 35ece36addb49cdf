import type { Decider, DomainEvent } from '../../kernel/decider.ts';
import { accept, reject } from '../../kernel/rejection.ts';
import type { Collection } from '../../kernel/view.ts';
import { logBus } from '../bus/log.ts';
import type { Bus } from '../bus/port.ts';
import type { Clock, Random } from '../clock/port.ts';
import { type Aggregate, intent } from '../event-store/aggregate.ts';
import { eventStoreCollections, openEventStore } from '../event-store/open.ts';
import type { EventStore } from '../event-store/port.ts';
import { hospitalCollections } from '../hospital/records.ts';
import { memoryStorage } from '../storage/memory.ts';
import type { CommitResult, OutboxFeed, Storage } from '../storage/port.ts';
import { silentLogger } from '../telemetry/silent.ts';
import type { Effects } from './port.ts';

type Numbered<Type extends string> = DomainEvent<Type, { readonly n: number }>;

interface Command {
  readonly n: number;
}

/** Takes every number, as often as it comes: what happens twice shows. Refuses the negative ones and those above 999. */
function numbers<Type extends string>(type: Type): Decider<null, Command, Numbered<Type>, string> {
  return {
    initial: null,
    decide({ n }) {
      if (n < 0) return reject('negative', 'Negative numbers are refused.', { n });
      if (n > 999) return reject('too_large', 'Numbers above 999 are refused.');
      return accept({ type, data: { n } });
    },
    evolve: (state) => state,
  };
}

const said = numbers('Said');
/** What the teller says about a topic; anything may be said. */
export const topic: Aggregate<null, Command, Numbered<'Said'>, string> = {
  name: 'topic',
  decider: { ...said, decide: ({ n }) => accept({ type: 'Said', data: { n } }) },
  events: { Said: { version: 1 } },
};

/** What the hearer notes down. */
export const notes: Aggregate<null, Command, Numbered<'Noted'>, string> = {
  name: 'notes',
  decider: numbers('Noted'),
  events: { Noted: { version: 1 } },
};

export const scratch: Collection = { name: 'scratch', fields: {}, indexes: [] };

/** One service that tells and one that hears, in memory, with a real event store each. */
export interface TwoServices {
  readonly teller: EventStore;
  /** What the teller publishes. */
  readonly feed: OutboxFeed;
  readonly hearerStorage: Storage;
  /** Opens the hearer's store as a process would that just started, over the same storage. */
  openHearer(storage?: Storage): Promise<EventStore>;
  openBus(): Bus;
  tell(subject: string, ...numbers: number[]): Promise<void>;
  /** All that was noted, by subject, in order. */
  noted(): Promise<Record<string, number[]>>;
}

/** The collections of the hearer's storage. */
export const hearerCollections = [...eventStoreCollections, ...hospitalCollections, scratch];

export async function twoServices(clock: Clock, random: Random): Promise<TwoServices> {
  const tellerStorage = memoryStorage({ name: 'teller', clock, collections: eventStoreCollections });
  const hearerStorage = memoryStorage({ name: 'hearer', clock, collections: hearerCollections });
  const open = (storage: Storage, aggregate: typeof topic | typeof notes) =>
    openEventStore({ storage, aggregates: [aggregate], clock, random, owner: 'process', logger: silentLogger });
  const teller = await open(tellerStorage, topic);
  const feed = tellerStorage.outbox(['Said']);

  return {
    teller,
    feed,
    hearerStorage,
    openHearer: (storage = hearerStorage) => open(storage, notes),
    openBus: () =>
      logBus({
        sources: {
          teller: { feed, events: { Said: { version: 1 } }, onCommitted: (listener) => teller.onCommitted(listener) },
        },
        clock,
        random,
        logger: silentLogger,
      }),
    async tell(subject, ...told) {
      for (const n of told) await teller.decide({ intents: [intent(topic, subject, { n })] });
    },
    async noted() {
      const bySubject: Record<string, number[]> = {};
      for (const { stream, data } of await hearerStorage.readFeed([], 10_000)) {
        const subject = stream.slice(stream.indexOf('/') + 1);
        const noted = bySubject[subject] ?? [];
        bySubject[subject] = noted;
        noted.push(Number(data.n));
      }
      return bySubject;
    },
  };
}

/** Notes the number down, by an intent. */
export function note(subject: string, n: number): Effects {
  return { intents: [intent(notes, subject, { n })] };
}

/**
 * A storage whose commits go wrong by chance: not made, made or not made but the answer is lost. Killed, it takes nothing any
 * more, as for a process that has died; healed, nothing goes wrong.
 */
export function unreliable(
  storage: Storage,
  random: Random,
  chanceAtFirst: number,
): Storage & { kill(): void; heal(): void } {
  let dead = false;
  let chance = chanceAtFirst;
  const lost = new Error('the connection was lost');
  const alive = <Value>(value: () => Promise<Value>) => (dead ? Promise.reject(lost) : value());
  return {
    ...storage,
    kill() {
      dead = true;
    },
    heal() {
      chance = 0;
    },
    async commit(batch): Promise<CommitResult> {
      if (dead) return { fate: 'unavailable', cause: lost };
      const dice = random.fraction();
      if (dice < chance / 3) return { fate: 'unavailable', cause: lost };
      if (dice < (2 * chance) / 3) return { fate: 'unknown', cause: lost };
      const result = await storage.commit(batch);
      return dice < chance ? { fate: 'unknown', cause: lost } : result;
    },
    settle: (id, partitions, owner) => alive(() => storage.settle(id, partitions, owner)),
    positions: (subscription, generation) => alive(() => storage.positions(subscription, generation)),
    query: (query) => alive(() => storage.query(query)),
    documents: (collection, generation, keys) => alive(() => storage.documents(collection, generation, keys)),
    readStreams: (wanted) => alive(() => storage.readStreams(wanted)),
    renew: (leases, leaseMs) => alive(() => storage.renew(leases, leaseMs)),
  };
}
