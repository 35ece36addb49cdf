import type { orders, Standing } from '../../contracts/orders.ts';
import type { CallContext, RequestOf } from '../../kernel/contract.ts';
import { done, type Outcome, rejected } from '../../kernel/outcome.ts';
import type { Rejection } from '../../kernel/rejection.ts';
import { intent } from '../../platform/event-store/aggregate.ts';
import { ConflictFault, type Work } from '../../platform/event-store/port.ts';
import { ErasedPerson } from '../../platform/keyring/port.ts';
import type { ServiceKit } from '../../platform/service/port.ts';
import { orderAggregate } from './aggregate.ts';
import { type Checkout, type Deadlines, timesOf } from './checkout.saga.ts';
import type { Placement } from './order.ts';
import { reasonOf, standingOf } from './outcome.ts';
import { type Pricing, price } from './price.ts';
import type { Tokens } from './tokens.ts';

type PlaceRequest = RequestOf<typeof orders.calls.place>;
type RefuseRequest = RequestOf<typeof orders.calls.refuse>;

/** Placing orders, and making sure that some are never placed. */
export function placing({ store, sagas, keyring, clock }: ServiceKit, deadlines: Deadlines, tokens: Tokens) {
  async function standing(orderId: string): Promise<Outcome<Standing>> {
    const { state } = await store.load(orderAggregate, orderId);
    const found = standingOf(orderId, state);
    if (found === undefined) return rejected({ code: 'unknown_order', detail: 'There is no such order.' });
    return state.phase === 'refused' ? rejected(state.reason) : done(found);
  }

  /** Makes the refusal final, unless the order was placed before. */
  async function refuse({ orderId, cartId, reason }: RefuseRequest, context: CallContext): Promise<void> {
    const command = { type: 'refuse', orderId, cartId, reason, now: clock.now() } as const;
    await store.decide({ intents: [intent(orderAggregate, orderId, command)], metadata: metadataOf(context) });
  }

  async function place(request: PlaceRequest, context: CallContext): Promise<Outcome<Standing>> {
    const { orderId, cartId, shopperId } = request;
    const pricing = priceOf(request);
    const refusal = pricing.ok ? unexpectedTotal(request, pricing.priced.totals.total) : pricing.rejection;
    if (refusal !== undefined || !pricing.ok) return refused(request, refusal, context);
    const now = clock.now();
    const { currency, totals, parcels } = pricing.priced;
    const { email, shippingAddress, paymentToken } = request;
    const checkout: Checkout = {
      orderId,
      lines: request.lines.map(({ sku, quantity }) => ({ sku, quantity })),
      amount: { amount: totals.total, currency },
      ...timesOf(now, deadlines),
    };
    try {
      const secrets = { person: shopperId, values: { token: paymentToken } };
      const [contact, saga] = await Promise.all([
        keyring.seal(shopperId, { email, shippingAddress }),
        sagas.starting('checkout', orderId, checkout, secrets, context.traceparent),
      ]);
      const { country } = shippingAddress;
      const placement = {
        ...{ orderId, cartId, shopperId, currency, country, contact, parcels, totals },
        placedAt: now,
      };
      return await begin(placement, saga, context);
    } catch (error) {
      if (!(error instanceof ErasedPerson)) throw error;
      return refused(request, { code: 'shopper_erased', detail: 'This shopper was erased.' }, context);
    }
  }

  async function begin(
    placement: Placement,
    saga: Pick<Work, 'documents' | 'committed'>,
    context: CallContext,
  ): Promise<Outcome<Standing>> {
    const { orderId, shopperId } = placement;
    try {
      const decided = await store.decide({
        intents: [intent(orderAggregate, orderId, { type: 'place', placement }, { fresh: true })],
        ...saga,
        metadata: { ...metadataOf(context), actor: shopperId },
      });
      if (!decided.ok) return rejected(decided.rejection);
      if (decided.events.length === 0) return standing(orderId);
      return done({ orderId, status: 'placed', token: tokens.of(decided.positions) });
    } catch (error) {
      if (error instanceof ConflictFault) return standing(orderId);
      throw error;
    }
  }

  async function refused(
    { orderId, cartId }: PlaceRequest,
    refusal: Rejection | undefined,
    context: CallContext,
  ): Promise<Outcome<Standing>> {
    if (refusal !== undefined) await refuse({ orderId, cartId, reason: reasonOf(refusal) }, context);
    return standing(orderId);
  }

  return {
    place,
    async refuse(request: RefuseRequest, context: CallContext): Promise<Outcome<Standing>> {
      await refuse(request, context);
      const { state } = await store.load(orderAggregate, request.orderId);
      return done(standingOf(request.orderId, state) ?? { orderId: request.orderId, status: 'cancelled' });
    },
  };
}

function priceOf({ currency, shippingAddress, lines, terms }: PlaceRequest): Pricing {
  const skus = new Set<string>();
  for (const { sku } of lines) {
    if (skus.has(sku)) {
      const rejection = { code: 'sku_repeated', detail: 'Put all of one SKU into one line.', extra: { sku } };
      return { ok: false, rejection };
    }
    skus.add(sku);
  }
  return price({ currency, country: shippingAddress.country, lines, terms });
}

function unexpectedTotal({ expectedTotal, currency }: PlaceRequest, total: number): Rejection | undefined {
  if (expectedTotal === undefined) return undefined;
  if (expectedTotal.amount === total && expectedTotal.currency === currency) return undefined;
  const actual = { amount: total, currency };
  return {
    code: 'price_changed',
    detail: 'The total is no longer what was expected; look at the cart again.',
    extra: { expected: { amount: expectedTotal.amount, currency: expectedTotal.currency }, actual },
  };
}

function metadataOf({ traceparent }: CallContext) {
  return traceparent === undefined ? {} : { traceparent };
}
