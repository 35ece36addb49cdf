import assert from 'node:assert/strict';
import { readSettings } from '../../src/composition/settings.ts';
import { type Shop, startShop } from '../../src/composition/shop.ts';
import { intent } from '../../src/platform/event-store/aggregate.ts';

/**
 * A shop as `npm start` opens it, on databases whose names begin with its argument. Says its address and admin token over the
 * channel to its parent, and ends with it. There it also takes the one wish below.
 */
export interface Opened {
  readonly url: string;
  readonly adminToken: string;
}

/** A parcel that is delivered in the name of another order than the one it belongs to. */
export interface Misdirected {
  readonly shipmentId: string;
  readonly parcelId: string;
  /** What stands on the shipment. */
  readonly wrongOrderId: string;
}

const [databasePrefix = ''] = process.argv.slice(2);
const said: string[] = [];
const shop = await startShop({
  settings: readSettings(process.env),
  databasePrefix,
  say: (line) => void said.push(line),
});
assert.ok(shop !== undefined, said.join('\n'));
const { url, adminToken } = shop;
process.on('message', (wish: Misdirected) => {
  misdirect(shop, wish).then(
    () => process.send?.({ done: true }),
    (error: unknown) => process.send?.({ done: false, why: String(error) }),
  );
});
process.on('SIGTERM', () => void shop.stop().then(() => process.exit(0)));
process.send?.({ url, adminToken } satisfies Opened);

/** Writes the shipment with the wrong order before its own order tells of it, has it booked, and has it arrive. */
async function misdirect({ composition }: Shop, { shipmentId, parcelId, wrongOrderId }: Misdirected): Promise<void> {
  const shipping = composition.parts.find(({ name }) => name === 'shipping');
  const shipment = shipping?.definition.aggregates.find(({ name }) => name === 'shipment');
  assert.ok(shipping !== undefined && shipment !== undefined);
  const request = { shipmentId, orderId: wrongOrderId, parcelId, sellerId: 'hanok-ceramics', contact: {}, pieces: 1 };
  const booking = { kind: 'recordBooking', carrier: 'Haneul Parcel', trackingNumber: 'HP-0', now: Date.now() };
  for (const command of [{ kind: 'request', request, now: Date.now() }, booking])
    await shipping.store.decide({ intents: [intent(shipment, shipmentId, command)] });
  const news = { shipmentId, status: 'delivered', at: Date.now() };
  await composition.calls.ask('shipping', 'recordTransit', news, {});
}
