import assert from 'node:assert/strict';
import { it } from 'node:test';
import fc from 'fast-check';
import { fold } from '../../kernel/decider.ts';
import type { OrderCommand } from './commands.ts';
import { order } from './decide.ts';
import { lineOf, NOW, placementOf, termsOf } from './fixture-orders.ts';
import { type Order, type OrderEvent, statusOf } from './order.ts';
import { type OrderSummary, orderStatus } from './status.view.ts';

const skus = ['a', 'b', 'c', 'd'];
const anyLines = fc.array(fc.record({ sku: fc.constantFrom(...skus), quantity: fc.integer({ min: 1, max: 4 }) }), {
  minLength: 1,
  maxLength: 3,
});

const anyCommand = fc.oneof(
  fc.record({
    type: fc.constant('ship'),
    parcelId: fc.constantFrom('parcel-1', 'parcel-2'),
    lines: fc.option(anyLines),
  }),
  fc.record({ type: fc.constant('cancel'), lines: anyLines }),
  fc.record({ type: fc.constant('refund'), lines: anyLines }),
  fc.record({ type: fc.constant('deliver'), shipment: fc.nat(12) }),
);

const anyOrder = fc
  .record({
    prices: fc.array(fc.integer({ min: 1, max: 3_000 }), { minLength: 4, maxLength: 4 }),
    quantities: fc.array(fc.integer({ min: 1, max: 5 }), { minLength: 4, maxLength: 4 }),
    fee: fc.nat(700),
    vat: fc.nat(2_500),
    pricesIncludeTax: fc.boolean(),
  })
  .map(({ prices, quantities, fee, vat, pricesIncludeTax }) => {
    const some = { parcelFee: { GBP: fee }, vatBasisPoints: { GB: vat }, pricesIncludeTax };
    const lines = skus.map((sku, index) =>
      lineOf(sku, index < 2 ? 'potter' : 'weaver', prices[index] ?? 1, quantities[index] ?? 1),
    );
    return placementOf(lines, [termsOf('potter', some), termsOf('weaver', some)]);
  });

function commandOf(
  wish: typeof anyCommand extends fc.Arbitrary<infer Wish> ? Wish : never,
  step: number,
): OrderCommand {
  const now = NOW + step;
  if ('shipment' in wish) return { type: 'deliver', shipmentId: `shm-${wish.shipment}`, now };
  if ('parcelId' in wish) {
    const { parcelId, lines } = wish;
    return { type: 'ship', shipmentId: `shm-${step}`, parcelId, ...(lines === null ? {} : { lines }), now };
  }
  const { lines } = wish;
  const reason = { code: 'order_cancelled', detail: 'Cancelled.' };
  return wish.type === 'refund'
    ? { type: 'refund', refundId: `rfd-${step}`, lines, now }
    : { type: 'cancel', by: 'admin', cancellationId: `cxl-${step}`, lines, reason, now };
}

it('every penny of an order is captured, let go or still open, whatever happens in whatever order', () => {
  fc.assert(
    fc.property(anyOrder, fc.array(anyCommand, { maxLength: 14 }), (placement, wishes) => {
      const events: OrderEvent[] = [{ type: 'OrderPlaced', data: placement }];
      let state: Order = fold(order, events);
      const commands: OrderCommand[] = [{ type: 'confirm', now: NOW }, ...wishes.map(commandOf)];
      for (const command of commands) {
        const decision = order.decide(command, state);
        if (!decision.ok) continue;
        for (const event of decision.events) state = order.evolve(state, event);
        events.push(...decision.events);
        assert.deepEqual(order.decide(command, state), { ok: true, events: [] }, 'redelivery changes nothing');
        assertAmountsAddUp(state);
      }
      assert.deepEqual(fold(order, JSON.parse(JSON.stringify(events)) as OrderEvent[]), state, 'replay is the same');
      assert.equal(summaryAfter(events)?.status, statusOf(state), 'the view tells the same status');
    }),
    { numRuns: 400 },
  );
});

function assertAmountsAddUp(state: Order): void {
  if (state.phase !== 'confirmed') return;
  const { parcels, shipments, refunds } = state;
  for (const { parcel, pieces, settled, captured, refunded } of parcels) {
    const totals = parcel.totals.total;
    const left = parcel.lines.map((line, index) => {
      const { shipped = 0, cancelled = 0, refunded = 0 } = pieces[index] ?? {};
      assert.ok(shipped + cancelled <= line.quantity, 'never more than ordered');
      assert.ok(refunded <= shipped, 'never more paid back than shipped');
      return { open: line.quantity - shipped - cancelled, kept: shipped - refunded };
    });
    assert.ok(captured <= settled && settled <= totals && refunded <= captured);
    if (left.every(({ open }) => open === 0)) assert.equal(settled, totals, 'all amounts add up to the total');
    if (left.every(({ kept }) => kept === 0)) assert.equal(refunded, captured, 'all is paid back');
    const ofParcel = shipments.filter((each) => each.parcelId === parcel.parcelId);
    assert.equal(
      ofParcel.reduce((sum, { amount }) => sum + amount, 0),
      captured,
    );
    for (const { amount } of [...ofParcel, ...refunds]) assert.ok(amount > 0, 'nothing is moved for nothing');
  }
}

function summaryAfter(events: readonly OrderEvent[]): OrderSummary | undefined {
  let document: ReturnType<typeof orderStatus.apply>;
  events.forEach(({ type, data }, index) => {
    const place = {
      source: 'orders',
      subject: 'ord-1',
      version: index + 1,
      at: NOW,
      partition: 0,
      position: index + 1,
    };
    const heard = { ...place, type, data: data as never, metadata: {} };
    document = orderStatus.apply(document ?? undefined, heard, 'ord-1') ?? document;
  });
  return document as OrderSummary | undefined;
}
