import assert from 'node:assert/strict';
import {
  admin,
  call,
  cartWith,
  checkout,
  eventually,
  order,
  putProduct,
  type ShopUnderTest,
} from '../scenarios/api.ts';

const PIECES = 3;

/**
 * Something new goes through the whole shop: a product is found by searching, bought, its sale booked by the warehouse, its parcel
 * shipped, booked with the carrier and delivered. Whatever travels by the bus has then caught up. Fails when that takes longer.
 */
export async function roundTrip(shop: ShopUnderTest, name: string, withinMs: number): Promise<void> {
  const productId = `new-${name}`;
  const sku = `${productId}-1`;
  await untilDone(
    () => putProduct(shop, productId, 'potter', { en: `Novelty ${name}`, ko: `신상 ${name}` }, 1_100),
    withinMs,
  );
  await untilDone(() => admin(shop, 'PUT', `/v1/admin/stock/${sku}`, { onHand: PIECES }), withinMs);
  await eventually(
    async () => (await call(shop, 'GET', `/v1/search?q=${encodeURIComponent(`novelty ${name}`)}`)).body,
    (body) => body.hits?.some((hit: { productId: string }) => hit.productId === productId) === true,
    withinMs,
  );
  const cart = await cartWith(shop, { [sku]: 1 });
  const bought = await eventually(
    () => checkout(shop, cart, { key: `trip-${name}`, wait: 5 }),
    ({ status }) => status === 201,
    withinMs,
  );
  const { orderId } = bought.body;
  const { parcels } = await order(shop, orderId, cart.token);
  assert.equal(parcels.length, 1);
  const ship = `/v1/admin/orders/${orderId}/parcels/${parcels[0].parcelId}/ship`;
  await untilDone(() => admin(shop, 'POST', ship, {}, `ship-${orderId}`), withinMs);
  await eventually(
    () => admin(shop, 'GET', `/v1/admin/stock/${sku}`),
    ({ onHand, reserved, sold }) => onHand === PIECES - 1 && reserved === 0 && sold === 1,
    withinMs,
  );
  await eventually(
    () => order(shop, orderId, cart.token),
    ({ status }) => status === 'delivered',
    withinMs,
  );
}

/** Repeats what is safe to repeat until it is done. */
async function untilDone(act: () => Promise<unknown>, withinMs: number): Promise<void> {
  const tried = () =>
    act().then(
      () => 'done',
      (error: Error) => error.message,
    );
  await eventually(tried, (told) => told === 'done', withinMs);
}
