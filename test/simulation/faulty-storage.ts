import type { Commit, CommitResult, OutboxFeed, Storage } from '../../src/platform/storage/port.ts';
import type { Chance } from './chance.ts';
import type { Life } from './life.ts';
import type { Scheduler } from './scheduler.ts';
import type { Troubles } from './troubles.ts';

/** The way between a process and a service's database. */
export interface StorageWay {
  readonly service: string;
  readonly life: Life;
  readonly scheduler: Scheduler;
  readonly troubles: Troubles;
  readonly chance: Chance;
  readonly trace: (line: string) => void;
  /** What the process dies of at this commit: before it is written or after. */
  readonly dyingAt: () => 'before' | 'after' | undefined;
  /** The batch as an earlier release might have written it. */
  readonly aged: (batch: Commit) => Commit;
  /** Told of what was written, at the moment it was. */
  readonly written: (batch: Commit) => void;
}

const LOST = 'the connection died';

/** A storage over a way on which requests and answers take time and get lost. */
export function storageOverWay(storage: Storage, way: StorageWay): Storage {
  const { service, life, scheduler, troubles, trace } = way;
  const { travel, over } = wayOf(way);

  function write(batch: Commit): Promise<CommitResult> {
    return storage.commit(batch).then((result) => {
      trace(`${service} ${batch.id} ${told(batch)} ${result.fate}`);
      if (result.fate === 'done') way.written(batch);
      return result;
    });
  }

  function commit(given: Commit): Promise<CommitResult> {
    if (life.isDead()) return never();
    // What is sent is sent: its arrays may be used on by the process.
    const { events, documents, idempotency, positions, fences } = given;
    const sent = { ...given, events: events.map((event) => ({ ...event })), documents: [...documents] };
    const batch = way.aged({ ...sent, idempotency: [...idempotency], positions: [...positions], fences: [...fences] });
    const dying = way.dyingAt();
    if (dying === 'before') {
      life.kill();
      return never();
    }
    const lost: CommitResult = { fate: 'unknown', cause: new Error(LOST) };
    const faults = troubles.storage(service);
    const struck = (what: 'unavailable' | 'lostBefore' | 'late' | 'lostAfter') =>
      faults.find((fault) => troubles.strikes(fault, what, fault[what]));
    return new Promise((resolve) => {
      const answer = (result: CommitResult) => life.deliver(travel(), () => resolve(result));
      scheduler.after(travel(), () => {
        if (life.isDead() && way.chance.happens(0.5)) return;
        if (struck('unavailable')) return answer({ fate: 'unavailable', cause: new Error('the disk is full') });
        if (struck('lostBefore')) return answer(lost);
        const late = struck('late');
        if (late !== undefined) {
          scheduler.after(troubles.delay(late, late.lateMs), () => void write(batch));
          return answer(lost);
        }
        write(batch).then((result) => {
          if (dying === 'after') life.kill();
          answer(struck('lostAfter') ? lost : result);
        });
      });
    });
  }

  return {
    ...storage,
    commit,
    settle: (...args) => over('settle', 'settleFails', () => storage.settle(...args)),
    readStreams: (...args) => over('readStreams', 'readFails', () => storage.readStreams(...args)),
    readFeed: (...args) => over('readFeed', 'readFails', () => storage.readFeed(...args)),
    heads: () => over('heads', 'readFails', () => storage.heads()),
    acquire: (...args) => over('acquire', 'readFails', () => storage.acquire(...args)),
    renew: (...args) => over('renew', 'readFails', () => storage.renew(...args)),
    release: (...args) => over('release', 'readFails', () => storage.release(...args)),
    documents: (...args) => over('documents', 'readFails', () => storage.documents(...args)),
    query: (...args) => over('query', 'readFails', () => storage.query(...args)),
    dropGeneration: (...args) => over('dropGeneration', 'readFails', () => storage.dropGeneration(...args)),
    idempotencyRecords: (...args) => over('records', 'readFails', () => storage.idempotencyRecords(...args)),
    positions: (...args) => over('positions', 'readFails', () => storage.positions(...args)),
    expireIdempotency: (...args) => over('expire', 'readFails', () => storage.expireIdempotency(...args)),
  };
}

/** A feed over the same way. */
export function feedOverWay(feed: OutboxFeed, way: StorageWay): OutboxFeed {
  const { over } = wayOf(way);
  return {
    ...feed,
    readFeed: (...args) => over('outbox', 'readFails', () => feed.readFeed(...args)),
    heads: () => over('outboxHeads', 'readFails', () => feed.heads()),
  };
}

/** A new one each time: whoever waits for a promise is kept as long as it is. */
const never = () => new Promise<never>(() => undefined);

function wayOf({ service, life, scheduler, troubles, chance, trace }: StorageWay) {
  const travel = () => chance.between(0.05, 1.5) + troubles.slowness(service) / 2;

  /** Asks, and fails as often as the faults of the moment say, before the work or after it. */
  function over<Answer>(
    name: string,
    failing: 'settleFails' | 'readFails',
    work: () => Promise<Answer>,
  ): Promise<Answer> {
    if (life.isDead()) return never();
    return new Promise((resolve, reject) => {
      const fail = () => life.deliver(travel(), () => reject(new Error(LOST)));
      scheduler.after(travel(), () => {
        const fails = troubles.storage(service).some((fault) => troubles.strikes(fault, name, fault[failing]));
        if (fails && chance.happens(0.5)) return fail();
        work().then(
          (answer) => (fails ? fail() : life.deliver(travel(), () => resolve(answer))),
          (fault) => life.deliver(travel(), () => reject(fault)),
        );
        trace(`${service} ${name}`);
      });
    });
  }
  return { travel, over };
}

function told({ events, documents, positions, idempotency }: Commit): string {
  const what = events.map(({ stream, version, type }) => `${stream}@${version}:${type}`);
  const kept = documents.map(({ collection, key }) => `${collection.name}/${key}`);
  return `[${what.join(' ')}] [${kept.join(' ')}] ${JSON.stringify(positions.map(({ to }) => to))} ${idempotency.length}`;
}
