import { describe, it } from 'node:test';
import { given } from '../../kernel/decider-spec.ts';
import type { Cancel, RefundGoods, Ship } from './commands.ts';
import { order } from './decide.ts';
import { allLines, confirmed, NOW, ORDER_ID, placed, placement } from './fixture-orders.ts';
import type { OrderEvent } from './order.ts';

const once = { redelivery: 'nothing' } as const;
const reason = { code: 'order_cancelled', detail: 'The shopper cancelled the order.' };
const orderCancelled = (wasConfirmed: boolean, lines = wasConfirmed ? allLines : [], why = reason): OrderEvent => ({
  type: 'OrderCancelled',
  data: { orderId: ORDER_ID, cartId: 'crt-1', wasConfirmed, reason: why, lines, cancelledAt: NOW + 9 },
});
const cancel = (part: Partial<Cancel> = {}): Cancel => ({
  type: 'cancel',
  by: 'shopper',
  cancellationId: 'cxl-1',
  reason,
  now: NOW + 9,
  ...part,
});
const ship = (part: Partial<Ship> = {}): Ship => ({
  type: 'ship',
  shipmentId: 'shm-1',
  parcelId: 'parcel-1',
  now: NOW + 5,
  ...part,
});
const refund = (part: Partial<RefundGoods> = {}): RefundGoods => ({
  type: 'refund',
  refundId: 'rfd-1',
  lines: [{ sku: 'cup', quantity: 1 }],
  now: NOW + 8,
  ...part,
});

const potterPart = { orderId: ORDER_ID, parcelId: 'parcel-1', sellerId: 'potter' };
const weaverPart = { orderId: ORDER_ID, parcelId: 'parcel-2', sellerId: 'weaver' };
const potterLines = allLines.slice(0, 2);
const shipped = (lines: { sku: string; quantity: number }[], amount: number, shipmentId = 'shm-1'): OrderEvent => ({
  type: 'ParcelShipped',
  data: {
    ...potterPart,
    lines,
    shipmentId,
    amount,
    currency: 'GBP',
    commissionBasisPoints: 1_000,
    contact: placement.contact,
    country: 'GB',
    shippedAt: NOW + 5,
  },
});
const potterShipped = shipped(potterLines, 4_399);
const requested: OrderEvent = {
  type: 'CancellationRequested',
  data: { orderId: ORDER_ID, reason, requestedAt: NOW + 9 },
};

describe('placing', () => {
  it('places an order once', () => given(order, [], once).when({ type: 'place', placement }).then([placed]));
  it('leaves a placed order as it is', () =>
    given(order, [placed, confirmed]).when({ type: 'place', placement }).thenNothing());
  it('is refused for good with the reason of the refusal', () => {
    const why = { code: 'price_changed', detail: 'Dearer now.', extra: { actual: 2 } };
    const refuse = { type: 'refuse', orderId: ORDER_ID, cartId: 'crt-1', reason: why, now: NOW + 9 } as const;
    const refused = orderCancelled(false, [], why);
    given(order, [], once).when(refuse).then([refused]);
    given(order, [refused]).when({ type: 'place', placement }).thenRejected('price_changed');
  });
  it('cannot be refused afterwards', () =>
    given(order, [placed])
      .when({ type: 'refuse', orderId: ORDER_ID, cartId: 'crt-1', reason, now: NOW })
      .thenNothing());
});

describe('the end of the checkout', () => {
  it('confirms', () =>
    given(order, [placed], once)
      .when({ type: 'confirm', now: NOW + 1 })
      .then([confirmed]));
  it('cancels with its reason, giving nothing back', () =>
    given(order, [placed], once)
      .when({ type: 'fail', reason, now: NOW + 9 })
      .then([orderCancelled(false)]));
  it('leaves an order that has ended as it is', () => {
    given(order, [placed, confirmed])
      .when({ type: 'fail', reason, now: NOW + 9 })
      .thenNothing();
    given(order, [placed, orderCancelled(false)])
      .when({ type: 'confirm', now: NOW + 1 })
      .thenNothing();
  });
  it('needs an order', () => {
    given(order, []).when({ type: 'confirm', now: NOW }).thenRejected('unknown_order');
    given(order, []).when({ type: 'fail', reason, now: NOW }).thenRejected('unknown_order');
  });
  it('confirms and at once cancels what was asked to be cancelled meanwhile', () =>
    given(order, [placed, requested], once)
      .when({ type: 'confirm', now: NOW + 9 })
      .then([
        { type: 'OrderConfirmed', data: { orderId: ORDER_ID, lines: allLines, confirmedAt: NOW + 9 } },
        orderCancelled(true),
      ]));
});

describe('cancelling', () => {
  it('waits for the checkout to end', () => {
    given(order, [placed], once).when(cancel()).then([requested]);
    given(order, [placed])
      .when(cancel({ by: 'admin', lines: potterLines }))
      .thenRejected('order_not_confirmed');
  });
  it('gives back a confirmed order', () =>
    given(order, [placed, confirmed], once)
      .when(cancel())
      .then([orderCancelled(true)]));
  it('of a cancelled order changes nothing, of none is refused', () => {
    given(order, [placed, confirmed, orderCancelled(true)])
      .when(cancel({ cancellationId: 'cxl-2' }))
      .thenNothing();
    given(order, []).when(cancel()).thenRejected('unknown_order');
  });
  it('is too late for the shopper once a part is shipped, and means the rest for the shop', () => {
    given(order, [placed, confirmed, potterShipped]).when(cancel()).thenRejected('order_shipped');
    given(order, [placed, confirmed, potterShipped], once)
      .when(cancel({ by: 'admin' }))
      .then([weaverCancelled([{ sku: 'towel', quantity: 2 }], 2_400)]);
  });
  it('takes out lines of a confirmed order, each parcel with its share', () => {
    const lines = [
      { sku: 'cup', quantity: 1 },
      { sku: 'cup', quantity: 2 },
      { sku: 'towel', quantity: 1 },
    ];
    given(order, [placed, confirmed], once)
      .when(cancel({ by: 'admin', lines }))
      .then([
        {
          type: 'LinesCancelled',
          data: {
            ...potterPart,
            lines: [{ sku: 'cup', quantity: 3 }],
            cancellationId: 'cxl-1.parcel-1',
            // 4,399 in the proportion of 1,500 to 2,500.
            amount: 1_650,
            cancelledAt: NOW + 9,
          },
        },
        weaverCancelled([{ sku: 'towel', quantity: 1 }], 1_200),
      ]);
  });
  it('of the last lines cancels the order', () =>
    given(order, [placed, confirmed, weaverCancelled([{ sku: 'towel', quantity: 2 }], 2_400, 'cxl-0')], once)
      .when(cancel({ by: 'admin', lines: potterLines }))
      .then([orderCancelled(true, potterLines)]));
  it('cannot take more than is left', () => {
    const lines = [{ sku: 'cup', quantity: 4 }];
    given(order, [placed, confirmed])
      .when(cancel({ by: 'admin', lines }))
      .thenRejected('nothing_to_cancel');
    given(order, [placed, confirmed])
      .when(cancel({ by: 'admin', lines: [{ sku: 'spoon', quantity: 1 }] }))
      .thenRejected('nothing_to_cancel');
    const all = [placed, confirmed, potterShipped, weaverCancelled([{ sku: 'towel', quantity: 2 }], 2_400, 'cxl-0')];
    given(order, all)
      .when(cancel({ by: 'admin' }))
      .thenRejected('nothing_to_cancel');
  });
});

describe('shipping', () => {
  it('hands over a parcel for its whole total', () =>
    given(order, [placed, confirmed], once).when(ship()).then([potterShipped]));
  it('hands over a part for its share, and the rest for the rest', () => {
    const first = shipped([{ sku: 'cup', quantity: 2 }], 1_100);
    given(order, [placed, confirmed], once)
      .when(ship({ lines: [{ sku: 'cup', quantity: 2 }] }))
      .then([first]);
    given(order, [placed, confirmed, first], once)
      .when(ship({ shipmentId: 'shm-2' }))
      .then([
        shipped(
          [
            { sku: 'cup', quantity: 1 },
            { sku: 'pot', quantity: 1 },
          ],
          3_299,
          'shm-2',
        ),
      ]);
  });
  it('is refused for what is not there', () => {
    given(order, []).when(ship()).thenRejected('unknown_order');
    given(order, [placed]).when(ship()).thenRejected('order_not_confirmed');
    given(order, [placed, orderCancelled(false)])
      .when(ship())
      .thenRejected('order_cancelled');
    given(order, [placed, confirmed])
      .when(ship({ parcelId: 'parcel-9' }))
      .thenRejected('unknown_parcel');
    given(order, [placed, confirmed, potterShipped])
      .when(ship({ shipmentId: 'shm-2' }))
      .thenRejected('nothing_to_ship');
    for (const lines of [[{ sku: 'cup', quantity: 4 }], [{ sku: 'towel', quantity: 1 }]])
      given(order, [placed, confirmed]).when(ship({ lines })).thenRejected('nothing_to_ship');
  });
});

describe('delivery', () => {
  const delivered: OrderEvent = {
    type: 'ParcelDelivered',
    data: { ...potterPart, lines: potterLines, shipmentId: 'shm-1', deliveredAt: NOW + 7 },
  };
  const deliver = { type: 'deliver', shipmentId: 'shm-1', now: NOW + 7 } as const;
  it('is heard once', () => given(order, [placed, confirmed, potterShipped], once).when(deliver).then([delivered]));
  it('is refused for a shipment that is not the order’s', () =>
    given(order, [placed, confirmed]).when(deliver).thenRejected('unknown_shipment'));
});

describe('refunds', () => {
  const refunded = (quantity: number, amount: number): OrderEvent => ({
    type: 'RefundRequested',
    data: {
      ...potterPart,
      lines: [{ sku: 'cup', quantity }],
      refundId: 'rfd-1.parcel-1',
      amount,
      currency: 'GBP',
      commissionBasisPoints: 1_000,
      requestedAt: NOW + 8,
    },
  });
  it('pay back the share of what was captured', () =>
    given(order, [placed, confirmed, potterShipped], once)
      .when(refund())
      .then([refunded(1, 550)]));
  it('are refused for what was not shipped or is paid back already', () => {
    given(order, [placed, confirmed]).when(refund()).thenRejected('refund_exceeds_capture');
    given(order, [placed, confirmed, potterShipped, refunded(3, 1_650)])
      .when(refund({ refundId: 'rfd-2' }))
      .thenRejected('refund_exceeds_capture');
  });
  it('are refused for what was never sold, or to nobody', () => {
    given(order, [placed, confirmed, potterShipped])
      .when(refund({ lines: [{ sku: 'spoon', quantity: 1 }] }))
      .thenRejected('no_matching_sale');
    given(order, [placed]).when(refund()).thenRejected('order_not_confirmed');
    given(order, []).when(refund()).thenRejected('unknown_order');
  });
});

function weaverCancelled(lines: { sku: string; quantity: number }[], amount: number, id = 'cxl-1'): OrderEvent {
  return {
    type: 'LinesCancelled',
    data: { ...weaverPart, lines, cancellationId: `${id}.parcel-2`, amount, cancelledAt: NOW + 9 },
  };
}
