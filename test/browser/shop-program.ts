import assert from 'node:assert/strict';
import { readSettings } from '../../src/composition/settings.ts';
import { type Shop, startShop } from '../../src/composition/shop.ts';
import { verifySettled } from '../../src/composition/verify/verify.ts';
import { cardProcessor } from '../../src/contracts/card-processor.ts';
import { systemClock, systemRandom } from '../../src/platform/clock/system.ts';
import { intent } from '../../src/platform/event-store/aggregate.ts';
import { idForOrder } from '../../src/services/orders/fulfilment-ids.ts';

/**
 * A shop as `npm start` opens it, on databases whose names begin with its argument. Says its address and admin token over the
 * channel to its parent, and ends with it. There it also takes the wishes below.
 */
export interface Opened {
  readonly url: string;
  readonly adminToken: string;
}

/** A parcel that is to be shipped and delivered, and the order in whose wrong name its delivery is told. */
export interface Misdirected {
  readonly orderId: string;
  readonly parcelId: string;
  readonly wrongOrderId: string;
}

export type Wish = { readonly misdirect: Misdirected } | { readonly verify: true };

const KEY = 'misdirected';
const [databasePrefix = ''] = process.argv.slice(2);
const said: string[] = [];
const shop = await startShop({
  settings: readSettings(process.env),
  databasePrefix,
  say: (line) => void said.push(line),
});
assert.ok(shop !== undefined, said.join('\n'));
const { url, adminToken } = shop;
process.on('message', (wish: Wish) => {
  done(shop, wish).then(
    (answer) => process.send?.({ answer }),
    (error: unknown) => process.send?.({ failed: String(error) }),
  );
});
process.on('SIGTERM', () => void shop.stop().then(() => process.exit(0)));
process.send?.({ url, adminToken } satisfies Opened);

function done(opened: Shop, wish: Wish): Promise<string | readonly string[]> {
  return 'misdirect' in wish ? misdirect(opened, wish.misdirect) : violations(opened);
}

/** What the invariants of `jangteo verify` say of what is in the databases. */
async function violations({ composition: { parts, calls } }: Shop): Promise<readonly string[]> {
  const kept = parts.map(({ definition, storage }) => ({ definition, storage }));
  const verdicts = await verifySettled(kept, () => undefined, { processor: calls.client(cardProcessor) });
  return verdicts.flatMap(({ check, violations: found }) => found.map((violation) => `${check}: ${violation}`));
}

/** Writes the shipment with the wrong order before its own order tells of it, has it booked, and has it arrive. */
async function misdirect({ composition }: Shop, { orderId, parcelId, wrongOrderId }: Misdirected): Promise<string> {
  const { parts, calls } = composition;
  const shipping = parts.find(({ name }) => name === 'shipping');
  const shipment = shipping?.definition.aggregates.find(({ name }) => name === 'shipment');
  assert.ok(shipping !== undefined && shipment !== undefined);
  const now = Date.now();
  const shipmentId = idForOrder('shm', orderId, KEY, { clock: systemClock, random: systemRandom });
  const request = { shipmentId, orderId: wrongOrderId, parcelId, sellerId: 'hanok-ceramics', contact: {}, pieces: 1 };
  const booking = { kind: 'recordBooking', carrier: 'Haneul Parcel', trackingNumber: 'HP-0', now };
  for (const command of [{ kind: 'request', request, now }, booking])
    await shipping.store.decide({ intents: [intent(shipment, shipmentId, command)] });
  const shipped = await calls.ask('orders', 'ship', { orderId, parcelId }, { idempotencyKey: KEY });
  assert.deepEqual(shipped, { kind: 'done', answer: { shipmentId } });
  await calls.ask('shipping', 'recordTransit', { shipmentId, status: 'delivered', at: now }, {});
  return shipmentId;
}
