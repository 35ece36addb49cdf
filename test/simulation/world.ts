import { type Composition, compose } from '../../src/composition/compose.ts';
import type { Engines, StorageNeed } from '../../src/composition/engines/engines.ts';
import { type Book, book } from '../../src/integrations/card-processor/simulator/book.ts';
import { SIGNATURE_HEADER, sign } from '../../src/integrations/carrier/signature.ts';
import {
  type Label,
  type Labels,
  labels as noLabels,
  STAGES,
} from '../../src/integrations/carrier/simulator/labels.ts';
import { capabilities } from '../../src/platform/http/capability.ts';
import type { ServiceDefinition } from '../../src/platform/service/port.ts';
import { type MemoryStorage, memoryStorage } from '../../src/platform/storage/memory.ts';
import type { Logger } from '../../src/platform/telemetry/port.ts';
import { chanceOf } from './chance.ts';
import { agedBatch, poisonable } from './definitions.ts';
import { type Desk, type DeskAnswer, type DeskRequest, deskOf } from './desk.ts';
import type { Fault } from './fault-plan.ts';
import { busOverNetwork, callsOverNetwork, type Network } from './faulty-network.ts';
import { feedOverWay, type StorageWay, storageOverWay } from './faulty-storage.ts';
import { type Invariants, invariants } from './invariants.ts';
import { type Life, lifeOf } from './life.ts';
import { cardProcessorDoor, carrierDoor, WEBHOOK_SECRET } from './partners.ts';
import type { Plan } from './plan.ts';
import type { Scheduler } from './scheduler.ts';
import { type Troubles, troublesOf } from './troubles.ts';

/** A process that is up. */
export interface Shop {
  readonly life: Life;
  readonly composition: Composition;
  readonly desk: Desk;
}

/** Everything that is there whether or not a process lives: databases, partners, the network, people's way to the shop. */
export interface World {
  readonly scheduler: Scheduler;
  readonly troubles: Troubles;
  readonly invariants: Invariants;
  readonly accounts: Book;
  readonly labels: Labels;
  readonly trace: (line: string) => void;
  readonly definitions: readonly ServiceDefinition[];
  storageOf(service: string): MemoryStorage;
  /** The process that people reach; undefined while there is none. */
  front(): Shop | undefined;
  livingProcesses(): number;
  /** Starts a process and tries again until it is up. */
  start(owner: string): void;
  /** Kills the process in front, or those that are starting; another is started `downMs` later. */
  crash(downMs: number): void;
  /** The process in front stands still; another starts beside it, and one of the two is killed a while after the first woke up. */
  pause(fault: Omit<Extract<Fault, { readonly kind: 'pause' }>, 'kind' | 'id' | 'at'>): void;
  /** Stops the process in front in good order and starts another. */
  deploy(): void;
  /** Whether crashes that are planned at a commit may strike from now on. */
  arm(on: boolean): void;
  pauseFor(ms: number): Promise<void>;
  /** One request over the way between people and the shop; undefined when no answer came. */
  send(request: DeskRequest): Promise<DeskAnswer | undefined>;
}

const PATIENCE_MS = 35_000;
const START_AGAIN_MS = 1_000;
const STAGE_DELAYS_MS = [1_000, 2_000, 3_000];

export interface WorldOptions {
  readonly plan: Plan;
  readonly scheduler: Scheduler;
  readonly definitions: readonly ServiceDefinition[];
  readonly trace: (line: string) => void;
  readonly logger: Logger;
}

export function worldOf({ plan, scheduler, definitions, trace, logger }: WorldOptions): World {
  const startedAt = scheduler.now();
  const elapsed = () => scheduler.now() - startedAt;
  const troubles = troublesOf(plan.seed, plan.faults, elapsed);
  const watch = invariants(elapsed);
  const accounts = book();
  const labels = noLabels();
  const storages = new Map<string, MemoryStorage>();
  const commits = new Map<string, number>();
  const spent = new Set<string>();
  const living = new Set<Life>();
  const shops = new Map<Life, Shop>();
  const way = chanceOf(plan.seed, 'clients');
  const oldVersions = chanceOf(plan.seed, 'old versions');
  const masterKey = chanceOf(plan.seed, 'master key').bytes(32);
  const guests = capabilities('capability-secret-of-the-simulation');
  let front: Shop | undefined;
  let lives = 0;
  let armed = false;

  function storageOf(service: string): MemoryStorage {
    const storage = storages.get(service) ?? memoryStorage({ name: service, clock: scheduler });
    storages.set(service, storage);
    return storage;
  }

  /** Whether a planned crash strikes at this commit of the service. */
  function dyingAt(service: string): 'before' | 'after' | undefined {
    if (!armed) return undefined;
    const count = (commits.get(service) ?? 0) + 1;
    commits.set(service, count);
    for (const fault of plan.faults) {
      if (fault.kind !== 'crash' || !('service' in fault.when) || spent.has(fault.id)) continue;
      if (fault.when.service !== service || fault.when.commit !== count) continue;
      spent.add(fault.id);
      return fault.when.written ? 'after' : 'before';
    }
    return undefined;
  }

  function enginesOf(life: Life, chance: ReturnType<typeof chanceOf>): Engines {
    const wayTo = (service: string): StorageWay => ({
      ...{ service, life, scheduler, troubles, chance, trace },
      dyingAt: () => dyingAt(service),
      aged: (batch) => agedBatch(batch, oldVersions),
      written: (batch) => watch.written(service, batch),
    });
    return {
      clock: life.clock,
      random: chance,
      storageFor: async ({ service }: StorageNeed) => storageOverWay(storageOf(service), wayTo(service)),
      feedOf: async ({ service, published = [] }) => feedOverWay(storageOf(service).outbox(published), wayTo(service)),
      close: async () => undefined,
    };
  }

  async function open(life: Life, owner: string): Promise<Shop> {
    const chance = chanceOf(plan.seed, life.name);
    const network: Network = { life, scheduler, troubles, chance, trace, watch: watch.call };
    const partners = [cardProcessorDoor(network, accounts), carrierDoor(network, labels, (label) => tell(label, 0, 0))];
    const direct = new Set(partners.map(({ contract }) => contract.service));
    const { reservationMs, paymentMs, marginMs } = plan.deadlines;
    const settings: Readonly<Record<string, Readonly<Record<string, unknown>>>> = {
      orders: {
        reservationDeadlineMs: reservationMs,
        paymentDeadlineMs: paymentMs,
        reservationMarginMs: marginMs,
      },
    };
    const composition = await compose({
      services: definitions.map((definition) => ({
        definition: poisonable(definition, troubles.poisons),
        settings: settings[definition.contract.service] ?? {},
        guard: { timeoutMs: 10_000, concurrent: 64, queued: 1_024, openMs: 1_000 },
      })),
      integrations: partners.map((definition) => ({ definition, settings: {} })),
      engines: enginesOf(life, chance),
      ...{ owner, masterKey, capabilities: guests, logger },
      between: {
        calls: (calls) => callsOverNetwork(calls, network, direct),
        bus: (bus) => busOverNetwork(bus, network),
      },
    });
    return { life, composition, desk: await deskOf(composition.routes) };
  }

  function start(owner: string): Life {
    const life = lifeOf(`life ${++lives}`, scheduler);
    living.add(life);
    trace(`${life.name} starts as ${owner}`);
    life.onDeath(() => {
      trace(`${life.name} is dead`);
      living.delete(life);
      shops.delete(life);
      if (front === undefined || front.life === life) front = [...shops.values()].at(-1);
      if (living.size === 0) scheduler.after(downMsOf(), () => living.size === 0 && start(owner));
    });
    const tryOpening = () => {
      open(life, owner).then(
        (shop) => {
          if (life.isDead()) return;
          trace(`${life.name} is up`);
          front = shop;
          shops.set(life, shop);
        },
        (error: unknown) => {
          trace(`${life.name} cannot start: ${String(error)}`);
          life.deliver(START_AGAIN_MS, tryOpening);
        },
      );
    };
    tryOpening();
    return life;
  }

  let downMs = 1;
  function downMsOf(): number {
    const planned = plan.faults.filter((fault) => fault.kind === 'crash' && spent.has(fault.id)).at(-1);
    return planned?.kind === 'crash' && 'service' in planned.when ? planned.downMs : downMs;
  }

  /** The carrier tells what happens to a parcel, stage by stage, each until it is acknowledged; now and then twice. */
  function tell(label: Label, stage: number, attempt: number): void {
    const code = STAGES[stage];
    if (code === undefined) return;
    const delay = attempt === 0 ? (STAGE_DELAYS_MS[stage] ?? 0) : Math.min(30_000, 250 * 2 ** attempt);
    scheduler.after(delay, async () => {
      const occurredAt = label.madeAt + (STAGE_DELAYS_MS[stage] ?? 0);
      const told = { reference: label.reference, code, occurred_at: new Date(occurredAt).toISOString() };
      const body = Buffer.from(JSON.stringify(told));
      const headers = { [SIGNATURE_HEADER]: sign(WEBHOOK_SECRET, body, scheduler.now()) };
      const request = { method: 'POST', route: '/v1/webhooks/carrier', headers, body } as const;
      if (way.happens(0.1)) void send(request);
      const answer = await send(request);
      if (answer?.kind !== 'ok') return tell(label, stage, attempt + 1);
      labels.apply({ kind: 'told', reference: label.reference, told: stage + 1 });
      tell(label, stage + 1, 0);
    });
  }

  const pauseFor = (ms: number) => new Promise<void>((resolve) => void scheduler.after(ms, resolve));

  function send(request: DeskRequest): Promise<DeskAnswer | undefined> {
    const travel = () => way.between(0.1, 3);
    const shop = front;
    if (shop === undefined) return pauseFor(100).then(() => undefined);
    return new Promise((resolve) => {
      const finish = (answer: DeskAnswer | undefined) => {
        cancel();
        forget();
        resolve(answer);
      };
      const cancel = scheduler.after(PATIENCE_MS, () => finish(undefined));
      // The connection breaks when its other end dies.
      const forget = shop.life.onDeath(() => void scheduler.after(travel(), () => finish(undefined)));
      if (troubles.client('lostRequest')) return;
      const answerIsLost = troubles.client('lostAnswer');
      shop.life.deliver(travel(), async () => {
        const answer = await shop.desk.ask(request);
        trace(`${request.method} ${request.route} ${answer.kind} ${JSON.stringify(answer)}`);
        if (!answerIsLost && !shop.life.isDead()) scheduler.after(travel(), () => finish(answer));
      });
    });
  }

  return {
    ...{ scheduler, troubles, accounts, labels, trace, definitions, storageOf, pauseFor, send },
    start: (owner) => void start(owner),
    invariants: watch,
    front: () => front,
    livingProcesses: () => living.size,
    arm(on) {
      armed = on;
    },
    crash(ms) {
      downMs = ms;
      for (const life of front === undefined ? [...living] : [front.life]) life.kill();
    },
    pause({ ms, killedAfterMs, survivor }) {
      const shop = front;
      if (shop === undefined || living.size > 1) return;
      trace(`${shop.life.name} stands still for ${ms}`);
      shop.life.pause(ms);
      const successor = start(`shop-${lives}`);
      const mortal = survivor === 'first' ? successor : shop.life;
      scheduler.after(ms + killedAfterMs, () => mortal.kill());
    },
    deploy() {
      const shop = front;
      if (shop === undefined) return;
      front = undefined;
      shops.delete(shop.life);
      trace(`${shop.life.name} is stopped`);
      const killed = scheduler.after(60_000, () => shop.life.kill());
      shop.composition.stop().then(
        () => {
          killed();
          shop.life.kill();
        },
        () => shop.life.kill(),
      );
    },
  };
}
