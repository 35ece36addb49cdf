import type { orders } from '../../../contracts/orders.ts';
import type { ShownOrder, ShownParcel } from '../../../contracts/shown-order.ts';
import type { AnswerOf } from '../../../kernel/contract.ts';
import type { Company } from '../../showing/company.ts';
import { type Language, textIn } from '../../showing/language.ts';
import { parcelStateOf } from '../../showing/parcel-state.ts';
import type { KnownOrderView, OrderParcelView } from './order.view.ts';

export type ReadOrder = AnswerOf<typeof orders.calls.read>;

/** An order on its page; of what the company does not tell the name or the picture is null. */
export function presentOrder(
  { order, contact, timeline }: ReadOrder,
  company: Company,
  language: Language,
): KnownOrderView {
  const { status, reason } = order;
  const lastOf = (type: string) => timeline.findLast((entry) => entry.type === type)?.at ?? null;
  return {
    orderId: order.orderId,
    status,
    isFinal: status === 'delivered' || status === 'cancelled',
    cancelRequested: order.cancelRequested,
    reason: reason?.code ?? null,
    placedAt: order.placedAt,
    confirmedAt: order.confirmedAt ?? lastOf('OrderConfirmed'),
    shippedAt: status === 'shipped' || status === 'delivered' ? lastOf('ParcelShipped') : null,
    deliveredAt: status === 'delivered' ? lastOf('ParcelDelivered') : null,
    cancelledAt: order.cancelledAt ?? null,
    parcels: order.parcels.map((parcel) => parcelView(parcel, order, company, language)),
    totals: order.totals,
    contact: contact && { email: contact.email, address: contact.shippingAddress },
    version: order.version,
  };
}

function parcelView(
  parcel: ShownParcel,
  order: ShownOrder,
  { sellers, products }: Company,
  language: Language,
): OrderParcelView {
  const { parcelId, sellerId, lines, totals, shipments, refunds } = parcel;
  const seller = sellers.find((each) => each.sellerId === sellerId);
  const state = parcelStateOf(parcel, order);
  const refunded = refunds.reduce((sum, { amount }) => sum + amount.amount, 0);
  return {
    parcelId,
    seller: seller === undefined ? null : textIn(seller.name, language),
    lines: lines.map(({ sku, productId, title, quantity, unitPrice, lineTotal, cancelled, refunded: back }) => ({
      ...{ sku, productId, quantity, unitPrice, lineTotal, cancelled, refunded: back },
      title: textIn(title, language),
      image: products.find((each) => each.productId === productId)?.images[0] ?? null,
    })),
    totals,
    state,
    shippedAt: shipments.at(-1)?.shippedAt ?? null,
    deliveredAt: state === 'delivered' ? Math.max(...shipments.map((each) => each.deliveredAt ?? 0)) : null,
    refunded: refunded === 0 ? null : { amount: refunded, currency: order.currency },
  };
}
