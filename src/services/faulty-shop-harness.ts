import assert from 'node:assert/strict';
import { type Composition, compose } from '../composition/compose.ts';
import { memoryEngines } from '../composition/engines/memory.ts';
import { businessChecks } from '../composition/verify/business.ts';
import { cardProcessor } from '../contracts/card-processor.ts';
import { carrier } from '../contracts/carrier.ts';
import { inventory } from '../contracts/inventory.ts';
import { orders, type Standing } from '../contracts/orders.ts';
import { cardProcessorClient } from '../integrations/card-processor/client.ts';
import { type Answer, book } from '../integrations/card-processor/simulator/book.ts';
import { carrierClient } from '../integrations/carrier/client.ts';
import type { Contract, RequestOf } from '../kernel/contract.ts';
import type { Outcome } from '../kernel/outcome.ts';
import type { Calls } from '../platform/calls/port.ts';
import { seededRandom } from '../platform/clock/seeded.ts';
import type { VirtualClock } from '../platform/clock/virtual.ts';
import { intent } from '../platform/event-store/aggregate.ts';
import { capabilities } from '../platform/http/capability.ts';
import type { HttpDoor } from '../platform/http/door.ts';
import type { Life } from '../platform/sagas/faults-harness.ts';
import { patiently, type SagaWorld } from '../platform/sagas/saga-conformance.ts';
import { silentLogger } from '../platform/telemetry/silent.ts';
import { inventoryService } from './inventory/service.ts';
import { stock } from './inventory/stock.aggregate.ts';
import { orderAggregate } from './orders/aggregate.ts';
import type { OrderCommand } from './orders/commands.ts';
import { request } from './orders/orders-harness.ts';
import { ordersService } from './orders/service.ts';
import { paymentsService } from './payments/service.ts';
import { shippingService } from './shipping/service.ts';

type PlaceRequest = RequestOf<typeof orders.calls.place>;

/** A shop of orders, inventory, payments and shipping in one process, as its customer and its partners meet it. */
export interface FaultyShop extends SagaWorld {
  /** The shop as it is open now. Throws while it is not. */
  current(): Composition;
  readonly clock: VirtualClock;
  readonly placing: PlaceRequest;
  readonly processor: ReturnType<typeof book>;
  /** Asks until it is answered. */
  ask<Answer>(question: (calls: Calls) => Promise<Outcome<Answer>>): Promise<Outcome<Answer>>;
  place(): Promise<void>;
  /** Waits until the checkout has ended. */
  told(): Promise<void>;
  /** Places the order and waits for the end of its checkout. */
  buy(): Promise<void>;
  parcelOf(sellerId: string): string;
  /** Something is done with the order; once, however often it is asked. */
  decide(command: OrderCommand): Promise<void>;
  standing(): Promise<Standing | undefined>;
}

/** What a story of the shop adds. */
export interface Story {
  readonly prepare?: (shop: FaultyShop) => Promise<void>;
  readonly act: (shop: FaultyShop) => Promise<void>;
}

const SECONDS = 1_000;
const STOCK = { cup: 3, towel: 2 };
/** Calls that change nothing cannot leave anything behind. */
const KIND = 'command';

/** What every suite over the shop has in common. Stock is held for 25 seconds, longer than a checkout may take. */
export const shopSuite = {
  processes: ['shop'],
  rejections: {
    'inventory.reserve': { code: 'out_of_stock', detail: 'None left.' },
    'payments.authorise': { code: 'card_declined', detail: 'Declined.' },
    'card-processor.authorise': { code: 'card_declined', detail: 'Declined.' },
    'card-processor.capture': { code: 'processor_refused', detail: 'No.' },
    'card-processor.refund': { code: 'processor_refused', detail: 'No.' },
    'carrier.book': { code: 'carrier_refused', detail: 'No.' },
  },
  veryLateMs: 40 * SECONDS,
  longDeadMs: 60 * SECONDS,
};
const deadlines = {
  reservationDeadlineMs: 2 * SECONDS,
  paymentDeadlineMs: 3 * SECONDS,
  reservationMarginMs: 20 * SECONDS,
};

/** A shop over memory whose process may be killed, with a card processor and a carrier that live outside it. */
export function faultyShop(clock: VirtualClock, { prepare, act }: Story): FaultyShop {
  const random = seededRandom(11);
  const engines = memoryEngines({ clock, random, partitions: 1 });
  const processor = book();
  const labels = new Map<string, string>();
  const placing = request({ orderId: 'ord_0000000000000000000000000000000a', shopperId: 'shp-1' });
  const told: Standing[] = [];
  let shop: Composition | undefined;

  const current = (): Composition => {
    if (shop === undefined) throw new Error('the shop is not open');
    return shop;
  };
  const partOf = (name: string) => {
    const part = current().parts.find((each) => each.name === name);
    if (part === undefined) throw new Error(`there is no ${name}`);
    return part;
  };
  const settings = { orders: deadlines } as Readonly<Record<string, object>>;
  const plan = (definition: { readonly contract: Contract }) => ({
    definition,
    settings: settings[definition.contract.service] ?? {},
    guard: { timeoutMs: SECONDS, concurrent: 64, queued: 64, openMs: SECONDS },
  });
  const partner = (contract: Contract, handlers: object) => ({
    definition: { contract, start: () => ({ handlers }) },
    settings: {},
  });

  const world: FaultyShop = {
    current,
    clock,
    placing,
    processor,
    async start(life) {
      shop = undefined;
      const integrations = [
        partner(cardProcessor, cardProcessorClient(processorDoor(processor, clock))),
        partner(carrier, carrierClient(carrierDoor(labels))),
      ];
      shop = await compose({
        services: [inventoryService, ordersService, paymentsService, shippingService].map(plan) as never,
        integrations: integrations as never,
        engines: {
          ...{ clock: life.clock, random, cacheEntries: 100, close: engines.close },
          storageFor: async (need) => life.storage(need.service, await engines.storageFor(need)),
          feedOf: async (need) => life.feed(await engines.feedOf(need)),
        },
        owner: 'test',
        masterKey: new Uint8Array(32),
        capabilities: capabilities('a secret of the tests that is long enough'),
        logger: silentLogger,
        between: { calls: (calls) => failing(calls, life), bus: (bus) => bus },
      });
    },
    async prepare() {
      for (const [sku, onHand] of Object.entries(STOCK)) {
        await world.ask((calls) => calls.client(inventory).setOnHand({ sku, onHand }));
      }
      await prepare?.(world);
    },
    act: () => act(world),
    ask: (question) =>
      patiently(clock, async () => {
        const outcome = await question(current().calls);
        if (outcome.kind === 'unknown') throw new Error(outcome.reason);
        return outcome;
      }),
    async place() {
      await world.ask((calls) => calls.client(orders).place(placing));
    },
    async buy() {
      await world.place();
      await world.told();
    },
    parcelOf: (sellerId) => `parcel-${placing.terms.findIndex((terms) => terms.sellerId === sellerId) + 1}`,
    async told() {
      await patiently(clock, async () => {
        const standing = await world.standing();
        if (standing?.status === 'placed' || standing === undefined) throw new Error('not yet');
        told.push(standing);
      });
    },
    async decide(command) {
      await patiently(clock, async () => {
        const decided = await partOf('orders').store.decide({
          intents: [intent(orderAggregate, placing.orderId, command)],
        });
        assert.ok(decided.ok, decided.ok ? '' : decided.rejection.detail);
      });
    },
    async standing() {
      const outcome = await current().calls.client(orders).outcome({ orderId: placing.orderId });
      return outcome.kind === 'done' ? outcome.answer : undefined;
    },
    async quiet() {
      for (const { sagas, subscriptions } of current().parts) {
        if (sagas.running() > 0 || (await sagas.inFlight(10)).length > 0) return false;
        const busy = subscriptions
          .map((each) => each.status())
          .filter(({ state, behind }) => state !== 'running' || behind > 0);
        if (busy.length > 0) return false;
      }
      return true;
    },
    async check() {
      const standing = await patiently(clock, async () => (await world.standing()) ?? assert.fail('there is no order'));
      for (const { status, reason } of told) {
        if (status === 'cancelled') assert.equal(standing.status, 'cancelled', 'the caller was told of a cancellation');
        else assert.ok(reason === undefined && standing.status !== 'placed', `the caller was told ${status}`);
      }
      const checks = businessChecks();
      for (const name of ['orders', 'payments', 'inventory']) {
        for (const event of await partOf(name).storage.readFeed([], 10_000)) checks.see(name, event);
      }
      for (const sku of Object.keys(STOCK))
        checks.seeStock(sku, (await partOf('inventory').store.load(stock, sku)).state);
      const broken = checks.verdicts().flatMap(({ violations }) => violations);
      assert.deepEqual(broken, [], broken.join('; '));
      await checkStock();
      await checkMoney(standing);
      await checkCases();
    },
  };

  /** What a partner refuses for good is one case, and nothing else is. */
  async function checkCases(): Promise<void> {
    const wanted: Readonly<Record<string, string>> = {
      CaptureRefused: 'capture_refused',
      RefundRefused: 'refund_refused',
      ShipmentRefused: 'booking_refused',
    };
    for (const { name, hospital, storage } of current().parts) {
      const refused = (await storage.readFeed([], 10_000)).flatMap(({ type }) => wanted[type] ?? []);
      const cases = (await hospital.list({ limit: 10 })).map(({ failure }) => failure.code);
      assert.deepEqual(cases.sort(), refused.sort(), `the cases of ${name}`);
    }
  }

  async function checkStock(): Promise<void> {
    for (const [sku, count] of Object.entries(STOCK)) {
      const { state } = await partOf('inventory').store.load(stock, sku);
      assert.equal(state.onHand + state.reserved + state.sold, count, `${sku} is neither lost nor made`);
      assert.equal(state.reserved, 0, `${sku} is held`);
    }
  }

  /** The processor's own book says what the shop's does, and holds nothing that nobody waits for. */
  async function checkMoney({ status }: Standing): Promise<void> {
    const { orderId } = placing;
    const lines = processor.lines(0, Number.POSITIVE_INFINITY);
    const authorised = lines.filter(({ kind }) => kind === 'authorisation');
    assert.ok(authorised.length <= 1, 'the card was authorised twice');
    const events = await partOf('payments').storage.readFeed([], 10_000);
    const sum = (wanted: readonly string[]) =>
      lines.filter(({ kind }) => wanted.includes(kind)).reduce((total, { amount }) => total + amount, 0);
    const noted = (type: string) =>
      events
        .filter((event) => event.type === type)
        .reduce((total, { data }) => total + (data.amount as { amount: number }).amount, 0);
    const held = sum(['authorisation']) - sum(['void', 'tombstone']) - sum(['capture']);
    if (status === 'cancelled') assert.equal(held, 0, `${held} are held on the card of ${orderId}`);
    assert.equal(sum(['capture']), noted('PaymentCaptured'), 'what was captured');
    assert.equal(sum(['refund']), noted('PaymentRefunded'), 'what was paid back');
    if (status === 'cancelled') return;
    assert.equal(sum(['authorisation']), noted('PaymentAuthorised'), 'what was authorised');
    assert.equal(sum(['void', 'tombstone']), noted('PaymentVoided'), 'what was let go');
  }

  return world;
}

/** Questions that change something may go wrong at every service, and at every partner's door. */
function failing(calls: Calls, life: Life): Calls {
  return {
    ...calls,
    serve(contract, handlers, policyOf) {
      const commands = Object.entries(handlers).filter(([call]) => (contract as Contract).calls[call]?.kind === KIND);
      const served = { ...handlers, ...life.served(contract.service, Object.fromEntries(commands)) };
      return calls.serve(contract, served, policyOf);
    },
  };
}

function processorDoor(processor: ReturnType<typeof book>, clock: VirtualClock): HttpDoor {
  return {
    async ask({ path, body }, read) {
      if (body === undefined) return read({ status: 404, body: {} });
      const asked = body as {
        reference: string;
        authorisation: string;
        amount: number;
        currency: string;
        source: string;
      };
      const { reference, authorisation, amount, currency, source } = asked;
      const kinds = { '/captures': 'capture', '/voids': 'void', '/refunds': 'refund' } as const;
      const kind = kinds[path as keyof typeof kinds];
      const at = clock.now();
      const answer: Answer =
        kind === undefined
          ? processor.authorise({ reference, amount, currency, approved: source === 'tok_visa' }, at)
          : processor.move({ kind, reference, authorisation, ...(amount === undefined ? {} : { amount }) }, at);
      return read({ status: answer.status, body: answer.body });
    },
    close: async () => {},
  };
}

function carrierDoor(labels: Map<string, string>): HttpDoor {
  return {
    async ask({ body }, read) {
      const { reference } = body as { reference: string };
      const number = labels.get(reference) ?? `TRK${labels.size + 1}`;
      labels.set(reference, number);
      return read({ status: 201, body: { carrier_name: 'Haneul Parcel', tracking_no: number } });
    },
    close: async () => {},
  };
}
