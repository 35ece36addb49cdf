import { verify } from '../../src/composition/verify/verify.ts';
import { encodedEvents, type Kept } from './kept.ts';
import { EMAIL, type People } from './people.ts';
import type { World } from './world.ts';

/** What must hold when everything has come to rest. */
export async function checkAtTheEnd(world: World): Promise<void> {
  const { invariants } = world;
  for (const { check, violations } of await verify(keptOf(world), () => undefined))
    for (const violation of violations) invariants.violated(`${check}: ${violation}`);
  checkMoney(world);
  checkCarts(world);
  await checkCopies(world);
  await checkPersons(world);
}

function keptOf(world: World): readonly Kept[] {
  return world.definitions.map((definition) => ({
    definition,
    storage: world.storageOf(definition.contract.service),
  }));
}

/** The processor's own book says what our events say, and holds nothing for an order that has come to nothing. */
function checkMoney({ accounts, invariants }: World): void {
  const { facts, violated } = invariants;
  const lines = accounts.lines(0, Number.POSITIVE_INFINITY);
  const sumOf = (order: string, ...kinds: string[]) =>
    lines.reduce((sum, { kind, authorisation, amount }) => {
      return kinds.includes(kind) && authorisation === order ? sum + amount : sum;
    }, 0);
  const orders = new Set([...lines.map(({ authorisation }) => authorisation), ...facts.orders.keys()]);
  for (const orderId of orders) {
    const order = facts.orders.get(orderId);
    const payment = facts.payments.get(orderId) ?? { authorised: 0, voided: 0, captured: 0, refunded: 0 };
    const captured = sumOf(orderId, 'capture');
    const left = sumOf(orderId, 'authorisation') - captured - sumOf(orderId, 'void', 'tombstone');
    const stands = order?.confirmed === true && !order.cancelled;
    const promised = stands ? order.total - order.shippedAmount - order.cancelledAmount : 0;
    if (left !== promised) violated(`the processor holds ${left} for ${orderId}, which still waits for ${promised}`);
    if (captured !== payment.captured)
      violated(`the processor captured ${captured} for ${orderId}, we think ${payment.captured}`);
    if (captured !== (order?.shippedAmount ?? 0))
      violated(`${captured} was captured for ${orderId}, of which ${order?.shippedAmount ?? 0} was shipped`);
    const refunded = sumOf(orderId, 'refund');
    if (refunded !== payment.refunded)
      violated(`the processor paid back ${refunded} of ${orderId}, we think ${payment.refunded}`);
  }
}

/** A cart is not held by an order that has come to nothing. */
function checkCarts({ invariants }: World): void {
  const { facts, violated } = invariants;
  for (const [cart, order] of facts.buying)
    if (facts.orders.get(order)?.cancelled) violated(`cart ${cart} is still held by ${order}, which was cancelled`);
}

/** What others keep of the availability is what inventory told. */
async function checkCopies(world: World): Promise<void> {
  const { facts, violated } = world.invariants;
  const copies = { catalog: 'availability', search: 'search_availability' };
  const skus = [...facts.skus.keys()];
  for (const [service, name] of Object.entries(copies)) {
    const found = await world.storageOf(service).documents({ name, fields: {}, indexes: [] }, 0, skus);
    for (const [sku, { states }] of facts.skus) {
      const told = states.at(-1)?.told;
      const kept = found.get(sku)?.body.availability;
      if (kept !== told) violated(`${service} thinks ${sku} is ${kept}, inventory said ${told}`);
    }
  }
}

/** Personal data was never kept in clear, and that of the erased cannot be opened. */
async function checkPersons(world: World): Promise<void> {
  const { facts, violated } = world.invariants;
  for (const { contract } of world.definitions)
    for (const text of await encodedEvents(world.storageOf(contract.service)))
      if (text.includes(EMAIL)) violated(`an event of ${contract.service} holds personal data in clear`);
  const desk = world.front()?.desk;
  for (const { orderId, shopperId } of facts.orders.values()) {
    if (!facts.erased.has(shopperId)) continue;
    const answer = await desk?.ask({ method: 'GET', route: '/v1/admin/orders/:orderId', params: { orderId } });
    if (answer?.kind !== 'ok') violated(`order ${orderId} of an erased shopper cannot be shown`);
    else if ((answer.body as { contact: unknown }).contact !== null)
      violated(`order ${orderId} still shows an erased shopper`);
  }
}

/** Erases somebody who bought, has every view rebuilt, and waits for it. */
export async function eraseAndRebuild(world: World, people: People): Promise<void> {
  const [order] = world.invariants.facts.orders.values();
  if (order !== undefined) await people.erase(order.shopperId);
  // What was forgotten in memory only comes back with the next process.
  world.crash(1);
  while (world.front() === undefined) await world.pauseFor(100);
  const views = (world.front()?.composition.parts ?? []).flatMap((part) => [...part.views.values()]);
  await Promise.all(views.map((view) => view.rebuild()));
}
