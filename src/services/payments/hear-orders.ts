import type { orders } from '../../contracts/orders.ts';
import type { EventOf } from '../../kernel/contract.ts';
import type { HeardEvent } from '../../kernel/heard-event.ts';
import type { JsonObject } from '../../kernel/json.ts';
import { intent } from '../../platform/event-store/aggregate.ts';
import type { ServiceKit } from '../../platform/service/port.ts';
import type { Effects, SubscriptionSpec } from '../../platform/subscriptions/port.ts';
import { captureSaga } from './capture.saga.ts';
import type { PaymentCommand } from './decide.ts';
import { payment } from './payment.aggregate.ts';
import { refundSaga } from './refund.saga.ts';
import { voidSaga } from './void.saga.ts';

type Told<Type extends string> = Extract<EventOf<typeof orders>, { type: Type }>['data'];

/**
 * What payments does about orders. The wish is noted on the payment in the same commit as the position, so that a later
 * cancellation never lets go of what a shipment waits for; a saga carries it to the processor.
 */
export function hearOrders({ sagas, clock }: Pick<ServiceKit, 'sagas' | 'clock'>): SubscriptionSpec {
  async function carried(
    event: HeardEvent,
    saga: string,
    id: string,
    input: JsonObject,
    command: PaymentCommand,
  ): Promise<Effects> {
    const started = await sagas.starting(saga, id, input, undefined, event.metadata.traceparent);
    return { intents: [intent(payment, command.orderId, command)], ...started };
  }

  return {
    name: 'orders',
    source: 'orders',
    on: {
      ParcelShipped(event) {
        const data = event.data as Told<'ParcelShipped'>;
        const { orderId, shipmentId, sellerId, commissionBasisPoints, currency } = data;
        if (data.amount === 0) return undefined;
        const input = {
          orderId,
          shipmentId,
          sellerId,
          amount: { amount: data.amount, currency },
          commissionBasisPoints,
        };
        return carried(event, captureSaga.name, shipmentId, input, {
          kind: 'requestCapture',
          ...input,
          now: clock.now(),
        });
      },
      RefundRequested(event) {
        const data = event.data as Told<'RefundRequested'>;
        const { orderId, refundId, sellerId, currency } = data;
        if (data.amount === 0) return undefined;
        const input = { orderId, refundId, sellerId, amount: { amount: data.amount, currency } };
        return carried(event, refundSaga.name, refundId, input, { kind: 'requestRefund', ...input, now: clock.now() });
      },
      LinesCancelled(event) {
        const { orderId, cancellationId, amount } = event.data as Told<'LinesCancelled'>;
        if (amount === 0) return undefined;
        const input = { orderId, cancellationId, amount };
        return carried(event, voidSaga.name, cancellationId, input, { kind: 'void', ...input, now: clock.now() });
      },
      OrderCancelled(event) {
        const { orderId, wasConfirmed } = event.data as Told<'OrderCancelled'>;
        if (!wasConfirmed) return undefined;
        const input = { orderId, cancellationId: `${orderId}.rest` };
        return carried(event, voidSaga.name, input.cancellationId, input, {
          kind: 'void',
          ...input,
          now: clock.now(),
        });
      },
    },
  };
}
