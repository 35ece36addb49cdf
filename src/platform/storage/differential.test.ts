import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { setTimeout as wait } from 'node:timers/promises';
import fc from 'fast-check';
import type pg from 'pg';
import { systemClock } from '../clock/system.ts';
import { testDatabase } from '../postgres/test-database.ts';
import { ORDERS } from './conformance-open.ts';
import { type CommitParts, type Cut, history, type Step } from './differential-history.ts';
import { memoryStorage } from './memory.ts';
import type { Commit, CommitResult, DocumentQuery, Lease, Positions, Settled, Storage } from './port.ts';
import { postgresStorage } from './postgres.ts';

const LEASE_MS = 600_000;
const RUNS = 6;
/** What every history begins with, for six drawn ones alone now and then lose no commit of one of the two fates. */
const BOTH_FATES: readonly Cut[] = ['before', 'after'];
const ONE_EVENT: CommitParts = {
  owner: 'a',
  staleFence: false,
  events: [{ stream: 0, version: 0, text: '' }],
  documents: [],
  idempotency: [],
  advance: undefined,
};

for (const version of [15, 18] as const) {
  describe(`memory and PostgreSQL ${version}`, () => {
    it('answer one history alike, lost connections included', async () => {
      const lost = { happened: 0, not: 0 };
      const check = fc.asyncProperty(history, async (steps) => {
        const database = await testDatabase(version);
        try {
          const [pool, killer] = [database.pool(3), database.pool(1)];
          const real = await postgresStorage({ pool, name: 'shop', collections: [ORDERS] });
          const model = memoryStorage({ name: 'shop', clock: systemClock, collections: [ORDERS] });
          const twins = drive(model, real, cutter(pool, killer), lost);
          await twins.take({ kind: 'acquire', owner: 'a', most: 3 });
          await twins.take({ kind: 'acquire', owner: 'b', most: 1 });
          for (const cut of BOTH_FATES) await twins.take({ kind: 'commit', parts: ONE_EVENT, cut });
          for (const step of steps) await twins.take(step);
          assert.deepEqual(await everything(real), await everything(model));
        } finally {
          await database.drop();
        }
      });
      await fc.assert(check, { numRuns: RUNS, endOnFailure: false, interruptAfterTimeLimit: 20_000 });
      assert.ok(lost.happened > 0 && lost.not > 0, 'both fates must have been met');
    });
  });
}

type Lost = { happened: number; not: number };

function drive(model: Storage, real: Storage, lose: Cutter, lost: Lost) {
  const leases = new Map<string, readonly Lease[]>([
    ['a', []],
    ['b', []],
  ]);
  let position: Positions | undefined;
  let commits = 0;

  function hold(owner: string, taken: readonly Lease[]) {
    const kept = (leases.get(owner) ?? []).filter((old) => !taken.some((lease) => lease.partition === old.partition));
    leases.set(owner, [...kept, ...taken]);
  }

  async function batchOf({ staleFence, ...parts }: CommitParts): Promise<Commit> {
    const next = new Map<number, number>();
    const events = [];
    for (const { stream: number, version, text } of parts.events) {
      const stream = `s/${number}`;
      const stored = (await model.readStreams([{ stream, afterVersion: 0 }])).get(stream)?.at(-1)?.version ?? 0;
      next.set(number, (next.get(number) ?? stored) + 1);
      const partition = number % 4;
      const data = { text };
      events.push({
        partition,
        stream,
        version: version || (next.get(number) ?? 0),
        type: 'T',
        schemaVersion: 1,
        data,
        metadata: {},
      });
    }
    const documents = [];
    for (const { key, generation, body, expected } of parts.documents) {
      const now = (await model.documents(ORDERS, generation, [key])).get(key)?.version ?? 0;
      const write = {
        collection: ORDERS,
        generation,
        key,
        body: body === null ? null : { shopper: `s${body}`, placed_at: body },
      };
      documents.push(expected === undefined ? write : { ...write, expectedVersion: expected < 0 ? now : expected });
    }
    const fences = [...leases.values()].flat().map(({ partition, fence }) => {
      return { partition, fence: staleFence ? fence - 1 : fence };
    });
    const { advance } = parts;
    commits++;
    return {
      id: `c${commits}`,
      at: commits,
      fences: events.length === 0 && commits % 2 === 0 ? [] : fences,
      events,
      documents,
      idempotency: parts.idempotency.map((n) => ({ key: `key ${n}`, bodyHash: 'h', answer: n, at: commits })),
      positions:
        advance === undefined
          ? []
          : [
              {
                subscription: 'sub',
                generation: 0,
                epoch: 'e',
                fence: advance.fence,
                from: advance.behind ? [99] : position,
                to: [commits],
              },
            ],
    };
  }

  async function commit(batch: Commit, owner: string, cut: Cut | undefined) {
    const result = await lose(cut, () => real.commit(batch));
    if (result.fate === 'unavailable') return;
    if (result.fate === 'unknown') {
      const partitions = batch.fences.map((fence) => fence.partition);
      const settled = await again(() => real.settle(batch.id, partitions, owner));
      if (settled.committed) assert.equal((await model.commit(batch)).fate, 'done');
      settled.committed ? lost.happened++ : lost.not++;
      if (settled.committed) position = batch.positions.at(-1)?.to ?? position;
      assert.deepEqual(plainSettled(settled), plainSettled(await model.settle(batch.id, partitions, owner)));
      hold(owner, settled.leases);
      return;
    }
    assert.deepEqual(plainResult(result), plainResult(await model.commit(batch)));
    if (result.fate === 'done') position = batch.positions.at(-1)?.to ?? position;
  }

  return {
    async take(step: Step): Promise<void> {
      switch (step.kind) {
        case 'commit':
          return commit(await batchOf(step.parts), step.parts.owner, step.cut);
        case 'acquire': {
          const taken = await again(() => real.acquire(step.owner, LEASE_MS, step.most));
          assert.deepEqual(timeless(taken), timeless(await model.acquire(step.owner, LEASE_MS, step.most)));
          return hold(step.owner, taken);
        }
        case 'release': {
          const held = leases.get(step.owner) ?? [];
          leases.set(step.owner, []);
          await again(() => real.release(held));
          return model.release(held);
        }
        case 'drop':
          await again(() => real.dropGeneration(ORDERS, step.generation));
          return model.dropGeneration(ORDERS, step.generation);
        case 'expire':
          await again(() => real.expireIdempotency(step.before));
          await model.expireIdempotency(step.before);
      }
    },
  };
}

type Cutter = <Result>(cut: Cut | undefined, work: () => Promise<Result>) => Promise<Result>;

/** Loses the connection of `pool` that the work takes, as asked. */
function cutter(pool: pg.Pool, killer: pg.Pool): Cutter {
  const connect = pool.connect.bind(pool) as () => Promise<pg.PoolClient>;
  const patch = pool as { connect: unknown };
  return async (cut, work) => {
    if (cut === undefined) return work();
    if (typeof cut === 'object') {
      const [result] = await Promise.all([work(), killAfter(cut.during, killer)]);
      return result;
    }
    patch.connect = async () => {
      const client = await connect();
      const query = client.query.bind(client) as (config: unknown) => Promise<unknown>;
      const { stream } = (client as unknown as { connection: { stream: { destroy(): void } } }).connection;
      const cutting = {
        async query(config: { callback?: (error: Error | null) => void }) {
          const lost = new Error('the answer is lost');
          const tell = config.callback;
          if (cut === 'after' && tell !== undefined) {
            config.callback = (error) => {
              stream.destroy();
              tell(error ?? lost);
            };
            return query(config);
          }
          if (cut === 'after') await query(config);
          stream.destroy();
          if (cut === 'after') throw lost;
          return query(config);
        },
        on: client.on.bind(client),
        release: () => client.release(true),
      };
      return cutting;
    };
    try {
      return await work();
    } finally {
      patch.connect = connect;
    }
  };
}

async function killAfter(delay: number, killer: pg.Pool): Promise<void> {
  const until = performance.now() + delay / 4;
  while (performance.now() < until) await new Promise((resolve) => setImmediate(resolve));
  await killer.query(
    'SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()',
  );
}

/** Asks again while the pool still hands out connections that were killed. */
async function again<Result>(work: () => Promise<Result>): Promise<Result> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await work();
    } catch (cause) {
      if (attempt === 10) throw cause;
      await wait(5);
    }
  }
}

function timeless(leases: readonly Lease[]) {
  return leases.map(({ partition, fence, owner }) => ({ partition, fence, owner }));
}

function plainSettled({ committed, firstPositions, leases }: Settled) {
  return { committed, firstPositions: [...firstPositions].sort(), leases: timeless(leases) };
}

function plainResult(result: CommitResult) {
  if (result.fate === 'done') return { fate: result.fate, firstPositions: [...result.firstPositions].sort() };
  if (result.fate !== 'conflict') return { fate: result.fate };
  return {
    fate: result.fate,
    conflicts: result.conflicts.map((each) => JSON.stringify(Object.entries(each).sort())).sort(),
  };
}

/** All that can be read. */
async function everything(storage: Storage) {
  const queries: Omit<DocumentQuery, 'collection' | 'generation'>[] = [
    { where: {}, limit: 100 },
    { where: { shopper: 's1' }, limit: 100 },
    { where: {}, range: { field: 'placed_at', from: 1 }, order: 'descending', limit: 3 },
  ];
  const keys = Array.from({ length: 61 }, (_, n) => `key ${n}`);
  const streams = Array.from({ length: 6 }, (_, n) => ({ stream: `s/${n}`, afterVersion: 1 }));
  return again(async () => ({
    feed: await storage.readFeed([], 1_000),
    page: await storage.readFeed([1, 2], 2),
    heads: await storage.heads(),
    streams: [...(await storage.readStreams(streams))].sort(),
    records: [...(await storage.idempotencyRecords(keys))].sort(),
    position: await storage.positions('sub', 0),
    documents: await Promise.all(
      [0, 1].flatMap((generation) =>
        queries.map((query) => storage.query({ collection: ORDERS, generation, ...query })),
      ),
    ),
  }));
}
