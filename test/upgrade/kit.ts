/** A change to one file of the source tree: a text that is there exactly once, and what it becomes. */
export interface Edit {
  readonly file: string;
  readonly find: string;
  readonly become: string;
}

/**
 * What a team does that wants to change what its service writes, over two releases. `reads` understands everything that the next one
 * will write and writes as before; `writes`, on top of it, writes. Orders get a second version of OrderConfirmed (how long the checkout
 * took), an event type that nobody knew before (ThanksPromised), a second version of the checkout saga (it looks at the stock once
 * more at its end), and a view with a new field; inventory gets a snapshot of another fold, and snapshots so often that there are some.
 */
export const reads: readonly Edit[] = [
  {
    file: 'src/contracts/orders.ts',
    find: `    OrderConfirmed: event(1, Type.Object({ orderId: Id, lines: Type.Array(SkuQuantity), confirmedAt: TimeMs }, closed)),`,
    become: `    OrderConfirmed: event(
      2,
      Type.Object(
        {
          orderId: Id,
          lines: Type.Array(SkuQuantity),
          confirmedAt: TimeMs,
          checkoutMs: Type.Optional(Type.Integer()),
        },
        closed,
      ),
      { 1: (data) => ({ ...data, checkoutMs: -1 }) },
      1,
    ),
    /** The shopper gets a letter of thanks. */
    ThanksPromised: event(1, Type.Object({ orderId: Id, letter: Text, promisedAt: TimeMs }, closed)),`,
  },
  {
    file: 'src/services/orders/order.ts',
    find: `  /** The ids of the partial cancellations so far. */`,
    become: `  /** The letter of thanks that was promised. */
  readonly thanks?: string;
  /** The ids of the partial cancellations so far. */`,
  },
  {
    file: 'src/services/orders/order.ts',
    find: `    default:
      return order.phase === 'confirmed' ? afterFulfilment(order, event) : order;`,
    become: `    case 'ThanksPromised':
      return order.phase === 'confirmed' ? { ...order, thanks: event.data.letter } : order;
    default:
      return order.phase === 'confirmed' ? afterFulfilment(order, event) : order;`,
  },
  {
    file: 'src/services/orders/checkout.saga.ts',
    find: `/** The times of a checkout that begins at`,
    become: `/** As version 1, and a look at the stock at the end. */
export function lookingCheckoutSaga(deadlines: Deadlines): SagaDefinition<Checkout> {
  const { name, steps } = checkoutSaga(deadlines);
  return {
    name,
    version: 2,
    steps: [
      ...steps,
      {
        name: 'look',
        ask: ({ lines }) => asking('inventory', 'levels', { skus: lines.map(({ sku }) => sku) }),
        giveUpAfterMs: deadlines.reserveMs,
      },
    ],
  };
}

/** The times of a checkout that begins at`,
  },
  {
    file: 'src/services/orders/service.ts',
    find: `import { type Checkout, checkoutSaga, type Deadlines } from './checkout.saga.ts';`,
    become: `import { type Checkout, checkoutSaga, type Deadlines, lookingCheckoutSaga } from './checkout.saga.ts';`,
  },
  {
    file: 'src/services/orders/service.ts',
    find: `    definition: checkoutSaga(deadlines),`,
    become: `    definition: checkoutSaga(deadlines),
    otherDefinitions: [lookingCheckoutSaga(deadlines)],`,
  },
  {
    file: 'src/services/inventory/stock.aggregate.ts',
    find: `    every: 4_096,`,
    become: `    every: 16,`,
  },
];

/** On top of \`reads\`. */
export const writes: readonly Edit[] = [
  {
    file: 'src/contracts/orders.ts',
    find: `      { 1: (data) => ({ ...data, checkoutMs: -1 }) },
      1,
    ),`,
    become: `      { 1: (data) => ({ ...data, checkoutMs: -1 }) },
    ),`,
  },
  {
    file: 'src/services/orders/decide.ts',
    find: `  const confirmed: OrderEvent = { type: 'OrderConfirmed', data: { orderId, lines, confirmedAt: now } };
  return order.cancelRequested === undefined
    ? accept(confirmed)
    : accept(confirmed, cancelled(order, order.cancelRequested, lines, now));`,
    become: `  const checkoutMs = now - order.placement.placedAt;
  const confirmed: OrderEvent = { type: 'OrderConfirmed', data: { orderId, lines, confirmedAt: now, checkoutMs } };
  const thanks: OrderEvent = { type: 'ThanksPromised', data: { orderId, letter: 'short', promisedAt: now } };
  return order.cancelRequested === undefined
    ? accept(confirmed, thanks)
    : accept(confirmed, thanks, cancelled(order, order.cancelRequested, lines, now));`,
  },
  {
    file: 'src/services/orders/service.ts',
    find: `    definition: checkoutSaga(deadlines),
    otherDefinitions: [lookingCheckoutSaga(deadlines)],`,
    become: `    definition: lookingCheckoutSaga(deadlines),
    otherDefinitions: [checkoutSaga(deadlines)],`,
  },
  {
    file: 'src/services/orders/status.view.ts',
    find: `  version: 1,`,
    become: `  version: 2,`,
  },
  {
    file: 'src/services/orders/status.view.ts',
    find: `  readonly reason?: Reason;
  readonly parcels`,
    become: `  readonly reason?: Reason;
  readonly checkout_ms?: number;
  readonly parcels`,
  },
  {
    file: 'src/services/orders/status.view.ts',
    find: `      return { ...summary, status: 'confirmed', confirmed_at: event.data.confirmedAt };`,
    become: `      return {
        ...summary,
        status: 'confirmed',
        confirmed_at: event.data.confirmedAt,
        checkout_ms: event.data.checkoutMs ?? -1,
      };`,
  },
  {
    file: 'src/services/inventory/stock.aggregate.ts',
    find: `    fold: 1,
    encode: (state) => encodeStock(state) as unknown as JsonObject,`,
    become: `    fold: 2,
    encode: (state) => ({ ...encodeStock(state), pieces: state.onHand }) as unknown as JsonObject,`,
  },
];
