import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Rejection } from '../../kernel/rejection.ts';
import type { Clock, Random } from '../clock/port.ts';
import { sleep } from '../clock/port.ts';
import { seededRandom } from '../clock/seeded.ts';
import { virtualClock } from '../clock/virtual.ts';
import type { Storage, StoredEvent } from '../storage/port.ts';
import { account, documentAccount, snapshotAccount } from './accounts-harness.ts';
import { intent, streamOf } from './aggregate.ts';
import { type Chances, faultyStorage, HARMLESS } from './faults-harness.ts';
import { type EventStore, UnavailableFault } from './port.ts';
import { newStorage, opened } from './store-harness.ts';

/** What one client asked, what it heard, and the versions between which its answer must have been true. */
interface Asked {
  readonly id: string;
  readonly intents: readonly { readonly stream: string; readonly add: number }[];
  readonly sureVersions: ReadonlyMap<string, number>;
  heard: 'ok' | 'nothing' | 'rejected' | 'unavailable' | 'unknown';
  rejection?: Rejection;
  index?: number;
  storedVersions: ReadonlyMap<string, number>;
}

interface Read {
  readonly stream: string;
  readonly balance: number;
  readonly version: number;
  readonly sureVersion: number;
  readonly storedVersion: number;
}

const ACCOUNTS = [
  { aggregate: account, id: 'a' },
  { aggregate: account, id: 'b' },
  { aggregate: snapshotAccount, id: 'c' },
  { aggregate: documentAccount, id: 'd' },
];

interface Bank {
  readonly asked: Asked[];
  readonly reads: Read[];
  client(stores: () => EventStore, name: string, steps: number): Promise<void>;
  check(): Promise<void>;
}

function bank(base: Storage, clock: Clock, random: Random): Bank {
  const asked: Asked[] = [];
  const reads: Read[] = [];
  /** The highest version of each stream that somebody has been told of. */
  const sure = new Map<string, number>();
  const logs = async () => {
    const wanted = ACCOUNTS.map(({ aggregate, id }) => ({ stream: streamOf(aggregate, id), afterVersion: 0 }));
    return base.readStreams(wanted);
  };
  const storedVersions = async () => new Map([...(await logs())].map(([stream, events]) => [stream, events.length]));
  const learn = (stream: string, version: number) => sure.set(stream, Math.max(sure.get(stream) ?? 0, version));
  const pick = () => ACCOUNTS[Math.floor(random.fraction() * ACCOUNTS.length)] ?? ACCOUNTS[0];

  async function read(store: EventStore): Promise<void> {
    const { aggregate, id } = pick() as (typeof ACCOUNTS)[0];
    const stream = streamOf(aggregate, id);
    const sureVersion = sure.get(stream) ?? 0;
    try {
      const { state, version } = await store.load(aggregate, id);
      const storedVersion = (await storedVersions()).get(stream) ?? 0;
      reads.push({ stream, balance: state.balance, version, sureVersion, storedVersion });
      learn(stream, version);
    } catch (error) {
      assert.ok(error instanceof UnavailableFault, String(error));
    }
  }

  async function write(store: EventStore, id: string): Promise<void> {
    const transfer = random.fraction() < 0.3;
    const amount = Math.floor(random.fraction() * 20);
    const sign = random.fraction() < 0.5 ? 1 : -1;
    const targets = transfer ? [pick(), pick()] : [pick()];
    const intents = targets.map((target, index) => {
      const { aggregate, id: of } = target as (typeof ACCOUNTS)[0];
      const add = transfer ? (index === 0 ? -amount : amount) * sign : amount - 9;
      return { stream: streamOf(aggregate, of), add, intent: intent(aggregate, of, { add }) };
    });
    const record: Asked = { id, intents, sureVersions: new Map(sure), heard: 'unknown', storedVersions: new Map() };
    asked.push(record);
    try {
      const decided = await store.decide({ intents: intents.map((each) => each.intent), metadata: { causation: id } });
      if (decided.ok) {
        record.heard = decided.events.length > 0 ? 'ok' : 'nothing';
        for (const { stream, version } of decided.events) learn(stream, version);
      } else {
        record.heard = 'rejected';
        record.rejection = decided.rejection;
        record.index = decided.index;
      }
    } catch (error) {
      assert.ok(error instanceof UnavailableFault, String(error));
      record.heard = error.message.includes('fate') ? 'unknown' : 'unavailable';
    }
    record.storedVersions = await storedVersions();
  }

  async function check(): Promise<void> {
    const byStream = await logs();
    const byCause = new Map<string, StoredEvent[]>();
    const balances = new Map<string, number[]>();
    for (const [stream, events] of byStream) {
      const sums = [0];
      events.forEach((event, index) => {
        assert.equal(event.version, index + 1);
        const cause = event.metadata.causation ?? '';
        byCause.set(cause, [...(byCause.get(cause) ?? []), event]);
        const sum = (sums.at(-1) ?? 0) + Number(event.data.amount);
        assert.ok(sum >= 0, 'an account went below zero');
        sums.push(sum);
      });
      balances.set(stream, sums);
    }
    for (const each of asked) {
      const written = byCause.get(each.id)?.length ?? 0;
      const whole = each.intents.filter(({ add }) => add !== 0).length;
      if (each.heard === 'ok') assert.equal(written, whole, `${each.id} was acknowledged and written ${written} times`);
      else if (each.heard === 'unknown') assert.ok(written === 0 || written === whole, `${each.id} is half written`);
      else assert.equal(written, 0, `${each.id} was answered ${each.heard} and written`);
      if (each.heard === 'rejected') checkRejection(each, balances);
    }
    for (const { stream, version, balance, sureVersion, storedVersion } of reads) {
      assert.equal(balance, balances.get(stream)?.[version], 'what was read was never committed');
      assert.ok(version >= sureVersion, `version ${version} was read after ${sureVersion} had been told`);
      assert.ok(version <= storedVersion, 'what was read was not committed yet');
    }
  }

  /** A rejection must be true of a state that was committed between the question and the answer. */
  function checkRejection(each: Asked, balances: ReadonlyMap<string, readonly number[]>): void {
    const { stream = '', add = 0 } = each.intents[each.index ?? 0] ?? {};
    const own = each.intents
      .slice(0, each.index)
      .reduce((sum, other) => sum + (other.stream === stream ? other.add : 0), 0);
    const told = Number(each.rejection?.extra?.balance) - own;
    const from = each.sureVersions.get(stream) ?? 0;
    const to = each.storedVersions.get(stream) ?? 0;
    const possible = balances.get(stream)?.slice(from, to + 1) ?? [];
    assert.ok(told + own + add < 0, 'a rejection without a reason');
    assert.ok(possible.includes(told), `${each.id} was rejected at ${told}, which ${stream} never was: ${possible}`);
  }

  return {
    asked,
    reads,
    check,
    async client(stores, name, steps) {
      for (let step = 0; step < steps; step++) {
        await sleep(clock, random.fraction() * 10);
        if (random.fraction() < 0.2) await read(stores());
        else await write(stores(), `${name}.${step}`);
      }
    },
  };
}

async function run(seed: number, chances: Chances): Promise<Bank> {
  const clock = virtualClock();
  const random = seededRandom(seed);
  const base = newStorage(clock);
  const { storage } = faultyStorage(base, { clock, random, chances, mostDelayMs: 4 });
  const tested = bank(base, clock, random);
  await clock.runUntil(
    (async () => {
      const limits = { unknownFateMs: 500, groupWorks: 5 };
      const start = () => opened({ storage, clock, random, cacheEntries: 2, limits });
      // Who cannot reach the storage when it starts is started again.
      const shop = await start().catch(start).catch(start).catch(start).catch(start);
      await Promise.all(Array.from({ length: 8 }, (_, n) => tested.client(() => shop.store, `c${n}`, 12)));
      await shop.store.close();
    })(),
  );
  await tested.check();
  return tested;
}

test('without faults every work is answered, and rightly', async () => {
  for (let seed = 1; seed <= 10; seed++) {
    const { asked, reads } = await run(seed, HARMLESS);
    const heard = Map.groupBy(asked, (each) => each.heard);
    assert.ok((heard.get('ok')?.length ?? 0) > 10 && (heard.get('rejected')?.length ?? 0) > 0);
    assert.equal(heard.get('unavailable'), undefined);
    assert.equal(heard.get('unknown'), undefined);
    assert.ok(reads.length > 0);
  }
});

test('whatever the storage does, nothing acknowledged is lost, nothing is written twice, no answer rests on what never was', async () => {
  const heard = new Map<string, number>();
  for (let seed = 100; seed < 160; seed++) {
    const scale = (seed % 3) + 1;
    const rare = 0.03 * scale;
    const chances: Chances = {
      unavailable: rare,
      lostBefore: rare,
      lostAfter: rare,
      late: rare,
      settleFails: 0.3,
      readFails: 0.02 * scale,
    };
    const { asked } = await run(seed, chances).catch((error) => {
      throw new Error(`seed ${seed}: ${error instanceof Error ? error.message : error}`, { cause: error });
    });
    for (const each of asked) heard.set(each.heard, (heard.get(each.heard) ?? 0) + 1);
  }
  for (const kind of ['ok', 'rejected', 'unavailable'])
    assert.ok((heard.get(kind) ?? 0) > 100, `${kind}: ${heard.get(kind)}`);
});

test('two stores that take turns on one storage, each paused at the worst moment, stay correct', async () => {
  let answered = 0;
  const owners = new Set<string>();
  for (let seed = 200; seed < 215; seed++) {
    const clock = virtualClock();
    const random = seededRandom(seed);
    const base = newStorage(clock);
    const tested = bank(base, clock, random);
    const chances: Chances = { ...HARMLESS, lostAfter: 0.02, late: 0.02 };
    const sides = ['left', 'right'].map((owner) => ({
      owner,
      ...faultyStorage(base, { clock, random, chances, mostDelayMs: 4 }),
    }));
    const stores: EventStore[] = [];
    for (const { owner, storage } of sides) {
      void opened({ owner, storage, clock, random, leaseMs: 300, limits: { unknownFateMs: 2_000 } }).then(
        ({ store }) => {
          stores.push(store);
          owners.add(`${seed} ${owner}`);
        },
      );
    }
    const pausing = (async () => {
      for (let round = 0; round < 8; round++) {
        await sleep(clock, 100 + random.fraction() * 200);
        sides[round % 2]?.pause(400 + random.fraction() * 800);
      }
    })();
    await clock.runUntil(
      (async () => {
        while (stores.length === 0) await sleep(clock, 10);
        const side = (n: number) => () =>
          stores[n % 3 < 2 ? n % stores.length : Math.floor(random.fraction() * 2)] ?? stores[0];
        const clients = Array.from({ length: 9 }, (_, n) => tested.client(side(n) as () => EventStore, `c${n}`, 60));
        await Promise.all(clients);
        await pausing;
        // Whoever still waits for the partitions gets them when the others are closed.
        while (stores.length < 2) {
          await stores[0]?.close();
          await sleep(clock, 100);
        }
        await Promise.all(stores.map((store) => store.close()));
      })(),
    );
    await tested.check().catch((error) => {
      throw new Error(`seed ${seed}: ${error instanceof Error ? error.message : error}`, { cause: error });
    });
    answered += tested.asked.filter((each) => each.heard === 'ok').length;
  }
  assert.equal(owners.size, 30);
  assert.ok(answered > 1_000, `${answered}`);
});
