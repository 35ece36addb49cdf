import assert from 'node:assert/strict';
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { setTimeout as delay } from 'node:timers/promises';
import { type OwnEngine, ownEngine } from '../../../test/engines/own-engine.ts';
import { seededRandom } from '../clock/seeded.ts';
import { systemClock } from '../clock/system.ts';
import { intent } from '../event-store/aggregate.ts';
import { openEventStore } from '../event-store/open.ts';
import { openWard } from '../hospital/ward.ts';
import { testDatabase } from '../postgres/test-database.ts';
import type { Positions, Storage } from '../storage/port.ts';
import { postgresStorage } from '../storage/postgres.ts';
import { runSubscription } from '../subscriptions/runner.ts';
import { hearerCollections, note, notes, topic, unreliable } from '../subscriptions/two-services-spec.ts';
import { silentLogger } from '../telemetry/silent.ts';
import { kafkaBus, relayToKafka } from './kafka.ts';

/** A service that tells and one that hears, each on PostgreSQL, between them Kafka alone: the hearer cannot read the teller's feed. */
const common = { clock: systemClock, random: seededRandom(3), logger: silentLogger };
const SUBJECTS = 12;

let kafka: OwnEngine;
before(async () => {
  kafka = await ownEngine('kafka');
});
after(() => kafka.remove());

interface Town {
  readonly prefix: string;
  readonly teller: Storage;
  /** The database that the teller's log lies in. */
  readonly url: string;
  readonly onCommitted: (listener: (heads: Positions) => void) => void;
  /** Ends the process that hears, in the middle of whatever it does, and starts another. */
  readonly replaceHearer: () => Promise<void>;
}

/** What happens beside the load, which goes on until `over`; from then on all could be well. `end` stops what it has started. */
interface Disturbance {
  readonly over: Promise<void>;
  readonly end: () => Promise<void>;
}

/** Tells for a while, with `disturb` beside it; then every event must have had its effect once, in order for each subject. */
async function underLoad(disturb: (town: Town) => Promise<Disturbance>): Promise<void> {
  const prefix = `faults-${crypto.randomUUID().slice(0, 8)}`;
  const name = (part: string) => `${part}-${prefix}`;
  const [one, other] = [await testDatabase(18), await testDatabase(18)];
  const opened = { collections: hearerCollections };
  const teller = await postgresStorage({ pool: one.pool(4), name: name('teller'), ...opened });
  const hearer = await postgresStorage({ pool: other.pool(6), name: name('hearer'), ...opened });
  const store = await openEventStore({ ...common, storage: teller, aggregates: [topic], owner: 'teller' });
  const start = await hearers(hearer, name('teller'), prefix);
  let process = await start();
  const { over, end } = await disturb({
    ...{ prefix, teller, url: one.url },
    onCommitted: (listener) => store.onCommitted((_, heads) => listener(heads)),
    async replaceHearer() {
      await process.die();
      process = await start();
    },
  });
  const told = new Map<string, number>();
  let going = true;
  over.then(
    () => {
      going = false;
    },
    () => {
      going = false;
    },
  );
  while (going) {
    await Promise.all(
      Array.from({ length: SUBJECTS }, (_, index) => {
        const subject = `${prefix}-${index}`;
        const n = (told.get(subject) ?? 0) + 1;
        told.set(subject, n);
        return store.decide({ intents: [intent(topic, subject, { n: n % 1_000 })] });
      }),
    );
    await delay(10);
  }
  await over;
  const all = [...told.values()].reduce((sum, n) => sum + n, 0);
  const noted = async () => (await hearer.heads()).reduce((sum, head) => sum + head, 0);
  for (const most = Date.now() + 60_000; (await noted()) < all; await delay(50))
    assert.ok(Date.now() < most, `of ${all} events ${await noted()} had an effect`);
  await delay(500);
  const expected = [...told].map(([subject, n]) => [
    subject,
    Array.from({ length: n }, (_, index) => (index + 1) % 1_000),
  ]);
  assert.deepEqual(await notedIn(hearer), Object.fromEntries(expected));
  await end();
  await process.die();
  await store.close();
  await Promise.all([one.drop(), other.drop()]);
}

/** Starts processes that hear, one after the other. */
async function hearers(storage: Storage, source: string, prefix: string) {
  return async () => {
    const mortal = unreliable(storage, common.random, 0);
    const store = await openEventStore({ ...common, storage: mortal, aggregates: [notes], owner: 'hearer' });
    const bus = kafkaBus({
      ...{ ...common, prefix, brokers: [kafka.url] },
      sources: { [source]: { events: { Said: { version: 1 } } } },
    });
    const runner = runSubscription(
      { name: `listening-${prefix}`, source, on: { Said: ({ subject, data }) => note(subject, Number(data.n)) } },
      {
        ...common,
        service: 'hearer',
        bus,
        store,
        storage: mortal,
        ward: openWard(mortal, `listening-${prefix}`),
        batch: 64,
      },
    );
    return {
      async die() {
        mortal.kill();
        await Promise.all([runner.stop(), bus.close()]);
        await store.close().catch(() => undefined);
      },
    };
  };
}

async function notedIn(storage: Storage): Promise<Record<string, number[]>> {
  const noted: Record<string, number[]> = {};
  let after: Positions = [];
  for (;;) {
    const page = await storage.readFeed(after, 10_000);
    if (page.length === 0) return noted;
    const next = [...after];
    for (const { partition, position, stream, data } of page) {
      next[partition] = position;
      const subject = stream.slice(stream.indexOf('/') + 1);
      const its = noted[subject] ?? [];
      noted[subject] = its;
      its.push(Number(data.n));
    }
    after = next;
  }
}

/** A relay in this process, woken by each commit. */
function relayBeside({ prefix, teller, onCommitted }: Town) {
  const relay = relayToKafka({ ...common, feed: teller, prefix, brokers: [kafka.url] });
  onCommitted((heads) => relay.wake(heads));
  return relay;
}

async function relayingProcess({ prefix, teller, url }: Town): Promise<ChildProcess> {
  const file = join(import.meta.dirname, 'kafka-relaying-harness.ts');
  const child = spawn(process.execPath, [file, url, teller.log.name, kafka.url, prefix], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  if (child.stdout !== null) await once(child.stdout, 'data');
  return child;
}

test('a relay that is killed again and again, between commit and publishing and anywhere else', async () => {
  await underLoad(async (town) => {
    let child: ChildProcess | undefined;
    const killing = async () => {
      for (let kills = 0; kills < 6; kills++) {
        child = await relayingProcess(town);
        await delay((kills * 67) % 300);
        await killed(child);
      }
      child = await relayingProcess(town);
    };
    return { over: killing(), end: () => killed(child) };
  });
});

test('a relay that was paused and goes on beside its successor', async () => {
  await underLoad(async (town) => {
    const paused = await relayingProcess(town);
    await delay(1_000);
    paused.kill('SIGSTOP');
    const relay = relayBeside(town);
    const resuming = async () => {
      await delay(2_000);
      paused.kill('SIGCONT');
      await delay(2_000);
    };
    return {
      over: resuming(),
      async end() {
        await killed(paused);
        await relay.stop();
      },
    };
  });
});

test('a broker that is killed and comes back, twice', async () => {
  await underLoad(async (town) => {
    const relay = relayBeside(town);
    const outages = (async () => {
      for (let outage = 0; outage < 2; outage++) {
        await delay(1_500);
        await kafka.kill();
        await delay(1_000);
        await kafka.revive();
      }
    })();
    return { over: outages, end: () => relay.stop() };
  });
});

test('processes that hear and die in the middle of a batch', async () => {
  await underLoad(async (town) => {
    const relay = relayBeside(town);
    const dying = (async () => {
      for (let deaths = 0; deaths < 6; deaths++) {
        await delay(1_000);
        await town.replaceHearer();
      }
    })();
    return { over: dying, end: () => relay.stop() };
  });
});

async function killed(child: ChildProcess | undefined): Promise<void> {
  if (child === undefined || child.exitCode !== null) return;
  const exited = once(child, 'exit');
  child.kill('SIGKILL');
  await exited;
}
