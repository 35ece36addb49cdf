import { Type } from 'typebox';
import { Purchase } from '../../../contracts/cart.ts';
import { OrderStatus } from '../../../contracts/orders.ts';
import { Id } from '../../../contracts/shapes.ts';
import type { HttpRoutes } from '../../../platform/http/port.ts';
import { Problem } from '../../../platform/http/problem.ts';
import { rememberWrite } from '../orders/own-writes.ts';
import type { WebParts } from '../parts.ts';
import { buying } from './buying.ts';

const Body = Type.Object({ cartId: Id, ...Purchase.properties }, { additionalProperties: false });
const KEY = /^[\x21-\x7e]{1,255}$/;

/** Every reason why a checkout may come to nothing. */
const reasons = [
  ...['cross_site_request', 'unauthorized', 'forbidden', 'unknown_cart', 'cart_expired', 'cart_merged', 'cart_empty'],
  ...['cart_changed', 'card_declined', 'out_of_stock', 'price_changed', 'total_too_large', 'order_cancelled'],
  ...['unknown_seller', 'sku_repeated', 'shopper_erased', 'request_expired', 'reservation_lost', 'payment_voided'],
  ...['processor_refused', 'step_timed_out', 'idempotency_key_in_use', 'idempotency_key_reused'],
];

/** Buying, as the checkout page asks for it. */
export function checkoutRoutes(parts: WebParts): HttpRoutes {
  const buy = buying(parts);

  return (http) => {
    http.post(
      '/web/v1/checkout',
      {
        schema: {
          tags: ['checkout'],
          summary: 'Buy a cart of this browser’s; with one key it is one order, however often it is asked',
          body: Body,
          response: { 200: Type.Object({ orderId: Id, status: OrderStatus }) },
        },
        config: { idempotencyKey: 'required', problems: reasons },
      },
      async (request, reply) => {
        const key = request.headers['idempotency-key'];
        if (typeof key !== 'string' || !KEY.test(key))
          throw new Problem('idempotency_key_required', 'Send an Idempotency-Key, a new one for each attempt.');
        const { cartId, ...purchase } = request.body;
        const { orderId, status, token } = await buy(request, cartId, purchase, key);
        rememberWrite(request, reply, token);
        reply.header('cache-control', 'private, no-store');
        return { orderId, status };
      },
    );
  };
}
