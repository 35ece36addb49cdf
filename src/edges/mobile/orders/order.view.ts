import { type Static, Type } from 'typebox';
import type { orders } from '../../../contracts/orders.ts';
import { OrderStatus } from '../../../contracts/orders.ts';
import { Address } from '../../../contracts/shapes.ts';
import type { ShownOrder, ShownParcel } from '../../../contracts/shown-order.ts';
import type { AnswerOf } from '../../../kernel/contract.ts';
import type { Company } from '../../showing/company.ts';
import { textIn } from '../../showing/language.ts';
import { ParcelState, parcelStateOf } from '../../showing/parcel-state.ts';
import type { Asked } from '../asked.ts';
import { TotalsView, totalsView } from '../cart/cart.view.ts';
import type { Dialect } from '../dialect.ts';
import { NoPrice, Price, priceOf } from '../prices.ts';
import { problemWords, statusWords } from '../words.ts';

export type ReadOrder = AnswerOf<typeof orders.calls.read>;
const NoText = Type.Union([Type.String(), Type.Null()]);

/** An order as an app shows it. */
export function orderSchema({ Picture, Time }: Dialect) {
  const NoTime = Type.Union([Time, Type.Null()]);
  const Line = Type.Object(
    {
      sku: Type.String(),
      productId: Type.String(),
      title: Type.String(),
      picture: Type.Union([Picture, Type.Null()]),
      quantity: Type.Integer(),
      unitPrice: Price,
      lineTotal: Price,
      cancelled: Type.Integer(),
      refunded: Type.Integer(),
    },
    { title: 'OrderLine' },
  );
  return Type.Object(
    {
      orderId: Type.String(),
      status: OrderStatus,
      statusText: Type.String(),
      isFinal: Type.Boolean({ description: 'Nothing more will happen to it, but for a refund.' }),
      cancelRequested: Type.Boolean(),
      reason: Type.Union([Type.Object({ code: Type.String(), message: Type.String() }), Type.Null()], {
        description: 'Why it was cancelled.',
      }),
      placedAt: Time,
      confirmedAt: NoTime,
      shippedAt: NoTime,
      deliveredAt: NoTime,
      cancelledAt: NoTime,
      parcels: Type.Array(
        Type.Object({
          parcelId: Type.String(),
          seller: NoText,
          state: ParcelState,
          lines: Type.Array(Line),
          total: Price,
          shippedAt: NoTime,
          deliveredAt: NoTime,
          refunded: NoPrice,
        }),
      ),
      totals: TotalsView,
      contact: Type.Union([Type.Object({ email: Type.String(), address: Address }), Type.Null()], {
        description: 'Null when the shopper’s data was erased.',
      }),
      version: Type.Integer({ description: 'Grows with everything that happens to it.' }),
    },
    { title: 'Order' },
  );
}
export type OrderView = Static<ReturnType<typeof orderSchema>>;

/** An order in an app, times in its dialect; what the company does not tell is null. */
export function presentOrder(
  { order, contact, timeline }: ReadOrder,
  company: Company,
  asked: Pick<Asked, 'language' | 'device'>,
  dialect: Dialect,
): OrderView {
  const { language } = asked;
  const { status, reason } = order;
  const time = (ms: number | undefined) => (ms === undefined ? null : dialect.time(ms));
  const lastOf = (type: string) => timeline.findLast((entry) => entry.type === type)?.at;
  const isUnderWay = status === 'shipped' || status === 'delivered';
  return {
    orderId: order.orderId,
    status,
    statusText: statusWords(status, language),
    isFinal: status === 'delivered' || status === 'cancelled',
    cancelRequested: order.cancelRequested,
    reason: reason === undefined ? null : { code: reason.code, message: problemWords(reason.code, language) },
    placedAt: dialect.time(order.placedAt),
    confirmedAt: time(order.confirmedAt ?? lastOf('OrderConfirmed')),
    shippedAt: isUnderWay ? time(lastOf('ParcelShipped')) : null,
    deliveredAt: status === 'delivered' ? time(lastOf('ParcelDelivered')) : null,
    cancelledAt: time(order.cancelledAt),
    parcels: order.parcels.map((parcel) => parcelView(parcel, order, company, asked, dialect)),
    totals: totalsView(order.totals, language),
    contact: contact && { email: contact.email, address: contact.shippingAddress },
    version: order.version,
  };
}

function parcelView(
  parcel: ShownParcel,
  order: ShownOrder,
  { sellers, products }: Company,
  { language, device }: Pick<Asked, 'language' | 'device'>,
  dialect: Dialect,
): OrderView['parcels'][number] {
  const { parcelId, sellerId, lines, totals, shipments, refunds } = parcel;
  const seller = sellers.find((each) => each.sellerId === sellerId);
  const state = parcelStateOf(parcel, order);
  const shippedAt = shipments.at(-1)?.shippedAt;
  const refunded = refunds.reduce((sum, { amount }) => sum + amount.amount, 0);
  return {
    parcelId,
    seller: seller === undefined ? null : textIn(seller.name, language),
    state,
    lines: lines.map(({ sku, productId, title, quantity, unitPrice, lineTotal, cancelled, refunded: back }) => {
      const source = products.find((each) => each.productId === productId)?.images[0];
      return {
        ...{ sku, productId, quantity, cancelled, refunded: back, title: textIn(title, language) },
        picture: source === undefined ? null : dialect.picture(source, 'line', device),
        unitPrice: priceOf(unitPrice, language),
        lineTotal: priceOf(lineTotal, language),
      };
    }),
    total: priceOf(totals.total, language),
    shippedAt: shippedAt === undefined ? null : dialect.time(shippedAt),
    deliveredAt:
      state === 'delivered' ? dialect.time(Math.max(...shipments.map((each) => each.deliveredAt ?? 0))) : null,
    refunded: refunded === 0 ? null : priceOf({ amount: refunded, currency: order.currency }, language),
  };
}
