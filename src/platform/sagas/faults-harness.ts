import type { CallContext } from '../../kernel/contract.ts';
import { type Outcome, rejected, unknown } from '../../kernel/outcome.ts';
import type { Rejection } from '../../kernel/rejection.ts';
import type { Clock } from '../clock/port.ts';
import { sleep } from '../clock/port.ts';
import type { CommitResult, OutboxFeed, Storage } from '../storage/port.ts';

/** What may go wrong with a question between two services. */
export const CALL_FAULTS = [
  'rejected',
  'lost',
  'answer lost',
  'asked twice at once',
  'asked again later',
  'asked late',
  'asked very late',
  'silent',
  'silent, asked very late',
  'deaf',
  'crash before',
  'crash after',
  'crash after, long dead',
] as const;
/** What may go wrong with a commit of one of the processes. */
export const COMMIT_FAULTS = [
  'crash before',
  'crash after',
  'crash before, long dead',
  'crash after, long dead',
  'unavailable',
  'fate unknown, undone',
  'fate unknown, done',
  'fate long unknown, undone',
  'fate long unknown, done',
] as const;

export type CallFault = (typeof CALL_FAULTS)[number];
export type CommitFault = (typeof COMMIT_FAULTS)[number];

/** A place where something can go wrong: the nth question of a kind, or the nth commit of a service. */
export interface Point {
  readonly kind: 'call' | 'commit';
  /** `<what> #<n>`. */
  readonly name: string;
}

/** A fault at a point. */
export interface Planned {
  readonly point: string;
  readonly fault: string;
}

export interface FaultsOptions {
  readonly clock: Clock;
  readonly plan: readonly Planned[];
  /** How each question is refused by its service, by `<service>.<call>`; one that is not here is never refused. */
  readonly rejections: Readonly<Record<string, Rejection>>;
  /** Longer than the deadlines of all steps together. */
  readonly veryLateMs: number;
  /** Longer than anything is held. */
  readonly longDeadMs: number;
  /** Brings a process to life again after a crash of it. */
  readonly revive: (process: string) => Promise<void>;
}

/** One life of a process. After its end nothing that it began takes effect any more, and nothing answers it. */
export interface Life {
  readonly process: string;
  readonly clock: Clock;
  storage(service: string, storage: Storage): Storage;
  feed(feed: OutboxFeed): OutboxFeed;
  /** Questions to a service that go wrong as planned; the service itself lives in this process, or is somebody else's. */
  served<H extends object>(service: string, handlers: H): H;
}

/** Lets what is planned go wrong, and remembers where something could have. */
export interface Faults {
  newLife(process: string): Life;
  /** From now on points are counted, and what is planned happens. */
  arm(): void;
  /** The points that were reached, in order, and whether anything can still go wrong after them. */
  readonly reached: readonly Point[];
  /** What was planned and has happened. */
  readonly happened: readonly Planned[];
  /** Questions still on their way, processes that lie dead. */
  underWay(): number;
  /** Ends every life. */
  end(): void;
}

type AnyHandler = (request: unknown, context: CallContext) => Promise<Outcome<unknown>>;

const LATE_MS = 350;
const DEAD_MS = 700;
const LONG_UNKNOWN_MS = 8_000;
const never = <Value>() => new Promise<Value>(() => {});

export function faultsOf({ clock, plan, rejections, veryLateMs, longDeadMs, revive }: FaultsOptions): Faults {
  const counts = new Map<string, number>();
  const reached: Point[] = [];
  const happened: Planned[] = [];
  const served = new Map<string, AnyHandler>();
  const lives = new Map<string, { readonly cut: () => void }>();
  const silences = new Map<string, { readonly untilMs: number; readonly delivered: boolean }>();
  let armed = false;
  const dead = new Map<string, number>();
  let crashes = 0;
  let onTheWay = 0;

  /** The fault planned for the point that is reached now. */
  function reach(kind: Point['kind'], what: string): string | undefined {
    if (!armed) return undefined;
    const nth = (counts.get(what) ?? 0) + 1;
    counts.set(what, nth);
    const name = `${what} #${nth}`;
    reached.push({ kind, name });
    const planned = plan.find(({ point }) => point === name);
    if (planned !== undefined) happened.push(planned);
    return planned?.fault;
  }

  function crash(process: string, deadMs = DEAD_MS): void {
    const mine = ++crashes;
    lives.get(process)?.cut();
    dead.set(process, mine);
    const revived = () => dead.get(process) === mine && dead.delete(process);
    clock.after(deadMs, () => void revive(process).then(revived));
  }

  /** Delivers a question to whoever serves it then; it is lost when nobody does. */
  function deliverLater(name: string, request: unknown, context: CallContext, delayMs: number): void {
    onTheWay++;
    const ask = async () => served.get(name)?.(request, context);
    clock.after(delayMs, () => {
      const gone = sleep(clock, DEAD_MS);
      void Promise.race([ask().catch(() => undefined), gone]).finally(() => onTheWay--);
    });
  }

  function newLife(process: string): Life {
    let alive = true;
    const cut = () => {
      alive = false;
    };
    lives.set(process, { cut });

    const living =
      <Args extends unknown[], Value>(call: (...args: Args) => Promise<Value>) =>
      async (...args: Args): Promise<Value> => {
        if (!alive) return never();
        try {
          const value = await call(...args);
          return alive ? value : never();
        } catch (error) {
          if (!alive) return never();
          throw error;
        }
      };

    async function commit(
      service: string,
      storage: Storage,
      lost: Set<string>,
      batch: Parameters<Storage['commit']>[0],
    ) {
      if (!alive) return never<CommitResult>();
      const fault = reach('commit', `commit of ${service}`) as CommitFault | undefined;
      const unknownFate: CommitResult = { fate: 'unknown', cause: new Error('the connection died') };
      switch (fault) {
        case 'crash before':
        case 'crash before, long dead':
          crash(process, fault === 'crash before' ? DEAD_MS : longDeadMs);
          return never<CommitResult>();
        case 'crash after':
        case 'crash after, long dead':
          await storage.commit(batch);
          crash(process, fault === 'crash after' ? DEAD_MS : longDeadMs);
          return never<CommitResult>();
        case 'unavailable':
          return { fate: 'unavailable', cause: new Error('the disk is full') } satisfies CommitResult;
        case 'fate unknown, undone':
          return unknownFate;
        case 'fate unknown, done':
          await storage.commit(batch);
          return unknownFate;
        case 'fate long unknown, undone':
        case 'fate long unknown, done':
          if (fault === 'fate long unknown, done') await storage.commit(batch);
          lost.add(batch.id);
          clock.after(LONG_UNKNOWN_MS, () => lost.delete(batch.id));
          return unknownFate;
        default:
          return living(storage.commit)(batch);
      }
    }

    async function ask(name: string, handler: AnyHandler, request: unknown, context: CallContext) {
      if (!alive) return never<Outcome<unknown>>();
      const silence = silences.get(name);
      if (silence !== undefined && clock.now() < silence.untilMs) {
        if (silence.delivered) void handler(request, context).catch(() => undefined);
        return unknown('timeout');
      }
      const fault = reach('call', name) as CallFault | undefined;
      const answered = () => living(handler)(request, context);
      switch (fault) {
        case 'rejected':
          return rejected(rejections[name] as Rejection);
        case 'lost':
          return unknown('timeout');
        case 'answer lost':
          await answered();
          return unknown('timeout');
        case 'asked twice at once':
          return (await Promise.all([answered(), answered()]))[1] as Outcome<unknown>;
        case 'asked again later': {
          const outcome = await answered();
          // What a refused question holds when it arrives a second time is its service's promise, not the saga's.
          if (outcome.kind !== 'rejected') deliverLater(name, request, context, LATE_MS);
          return outcome;
        }
        case 'asked late':
        case 'asked very late':
          deliverLater(name, request, context, fault === 'asked late' ? LATE_MS : veryLateMs);
          return unknown('timeout');
        case 'silent':
        case 'silent, asked very late':
          silences.set(name, { untilMs: clock.now() + veryLateMs - DEAD_MS, delivered: false });
          if (fault !== 'silent') deliverLater(name, request, context, veryLateMs);
          return unknown('timeout');
        case 'deaf':
          silences.set(name, { untilMs: clock.now() + veryLateMs, delivered: true });
          await answered();
          return unknown('timeout');
        case 'crash before':
          crash(process);
          return never<Outcome<unknown>>();
        case 'crash after':
        case 'crash after, long dead':
          await answered();
          crash(process, fault === 'crash after' ? DEAD_MS : longDeadMs);
          return never<Outcome<unknown>>();
        default:
          return answered();
      }
    }

    return {
      process,
      clock: {
        now: clock.now,
        after: (delayMs, task) =>
          alive
            ? clock.after(delayMs, () => {
                if (alive) task();
              })
            : () => {},
      },
      storage(service, storage) {
        const lost = new Set<string>();
        return {
          log: storage.log,
          commit: (batch) => commit(service, storage, lost, batch),
          settle: living(async (id, partitions, owner) => {
            if (lost.has(id)) throw new Error('the database is out of reach');
            return storage.settle(id, partitions, owner);
          }),
          readStreams: living(storage.readStreams),
          readFeed: living(storage.readFeed),
          heads: living(storage.heads),
          acquire: living(storage.acquire),
          renew: living(storage.renew),
          release: living(storage.release),
          documents: living(storage.documents),
          query: living(storage.query),
          dropGeneration: living(storage.dropGeneration),
          idempotencyRecords: living(storage.idempotencyRecords),
          positions: living(storage.positions),
          expireIdempotency: living(storage.expireIdempotency),
          close: living(storage.close),
        };
      },
      feed: (feed) => ({
        log: feed.log,
        readFeed: living(feed.readFeed),
        heads: living(feed.heads),
        close: living(feed.close),
      }),
      served<H extends object>(service: string, handlers: H): H {
        const wrapped = Object.entries(handlers as Record<string, AnyHandler>).map(([call, handler]) => {
          const name = `${service}.${call}`;
          served.set(name, living(handler));
          return [call, (request: unknown, context: CallContext) => ask(name, handler, request, context)];
        });
        return Object.fromEntries(wrapped) as H;
      },
    };
  }

  return {
    newLife,
    arm() {
      armed = true;
    },
    reached,
    happened,
    underWay: () => onTheWay + dead.size,
    end() {
      for (const { cut } of lives.values()) cut();
    },
  };
}
