import type { DomainEvent } from '../../kernel/decider.ts';
import { accept } from '../../kernel/rejection.ts';
import type { ViewDefinition } from '../../kernel/view.ts';
import { followOwnLog, ownSource } from '../bus/own.ts';
import type { OwnEvent } from '../bus/port.ts';
import type { Clock, Random } from '../clock/port.ts';
import { type Aggregate, intent } from '../event-store/aggregate.ts';
import { eventStoreCollections, openEventStore } from '../event-store/open.ts';
import type { EventStore } from '../event-store/port.ts';
import { memoryStorage } from '../storage/memory.ts';
import type { Positions, Storage } from '../storage/port.ts';
import { silentLogger } from '../telemetry/silent.ts';
import { viewCollections } from './records.ts';
import { runView, type ViewOptions, type ViewRunner } from './runner.ts';

type Counted = DomainEvent<'Counted', { readonly n: number }>;
type Cleared = DomainEvent<'Cleared', Record<string, never>>;
type Ignored = DomainEvent<'Ignored', Record<string, never>>;

/** A counter: says what it is told. */
export const counter: Aggregate<null, Counted | Cleared | Ignored, Counted | Cleared | Ignored, string> = {
  name: 'counter',
  decider: { initial: null, decide: (event) => accept(event), evolve: (state) => state },
  events: { Counted: { version: 1 }, Cleared: { version: 1 }, Ignored: { version: 1 } },
};

/** The same aggregate a release later. */
export const laterCounter: typeof counter = {
  ...counter,
  events: { ...counter.events, Counted: { version: 2, upcasters: { 1: (data) => data } } },
};

/** The sum of each counter, and of all; a cleared counter has no document. */
export const sums: ViewDefinition = {
  name: 'sums',
  version: 1,
  collection: { name: 'sums', fields: { sum: 'integer' }, indexes: [['sum']] },
  types: ['Counted', 'Cleared'],
  keysOf: ({ type, subject }) => (type === 'Counted' ? [subject, 'all'] : [subject]),
  apply(document, { type, data }) {
    if (type === 'Cleared') return document === undefined ? undefined : null;
    return { sum: Number(document?.sum ?? 0) + Number(data.n), events: Number(document?.events ?? 0) + 1 };
  },
};

export interface OneService {
  readonly storage: Storage;
  readonly store: EventStore;
  /** Runs a view as a process that just started would; over another storage where one is given. */
  start(view?: ViewDefinition, options?: Partial<ViewOptions>): Promise<ViewRunner>;
  count(subject: string, ...numbers: number[]): Promise<Positions>;
  tell(subject: string, event: Counted | Cleared | Ignored): Promise<Positions>;
  /** All events of the log, as a view hears them. */
  events(): Promise<readonly OwnEvent[]>;
  /** The documents of the generation that serves, by key. */
  documents(runner: ViewRunner): Promise<Record<string, unknown>>;
}

export async function oneService(
  clock: Clock,
  random: Random,
  options: { readonly aggregate?: typeof counter; readonly storage?: Storage } = {},
): Promise<OneService> {
  const aggregate = options.aggregate ?? counter;
  const collections = [...eventStoreCollections, ...viewCollections(sums)];
  const storage = options.storage ?? memoryStorage({ name: 'counting', clock, collections });
  const store = await openEventStore({
    storage,
    aggregates: [aggregate],
    clock,
    random,
    owner: 'process',
    logger: silentLogger,
  });
  const source = ownSource(storage, store, [aggregate]);

  async function tell(subject: string, event: Counted | Cleared | Ignored): Promise<Positions> {
    const decided = await store.decide({ intents: [intent(aggregate, subject, event)] });
    if (!decided.ok) throw new Error('nothing is refused here');
    return decided.positions;
  }

  return {
    storage,
    store,
    start: (view = sums, over = {}) =>
      runView(view, {
        service: 'counting',
        follower: followOwnLog(source, { clock }),
        store,
        storage,
        clock,
        random,
        logger: silentLogger,
        ...over,
      }),
    tell,
    async count(subject, ...numbers) {
      let positions: Positions = [];
      for (const n of numbers) positions = await tell(subject, { type: 'Counted', data: { n } });
      return positions;
    },
    async events() {
      const follower = followOwnLog({ feed: storage, events: source.events }, { clock });
      return (await follower.read([], 10_000)).items;
    },
    async documents(runner) {
      const generation = runner.status().generation;
      const found = await storage.query({ collection: sums.collection, generation, where: {}, limit: 10_000 });
      return Object.fromEntries(found.map(({ key, body }) => [key, body]));
    },
  };
}
