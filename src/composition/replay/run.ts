import { createHash } from 'node:crypto';
import type { JsonObject } from '../../kernel/json.ts';
import { COUNTRY_CODES, type PlannedOrder, type PlannedProduct, type PlannedRefund, planReplay } from './plan.ts';
import { readRows } from './rows.ts';
import { type LedgerTotals, settledLedger } from './settled-ledger.ts';
import { type ShopApi, successOf } from './shop-api.ts';

/** What became of one line of the file. */
export interface LineOutcome {
  readonly line: number;
  readonly outcome: 'sold' | 'refunded' | 'refused';
  readonly reason?: string;
}

/** What a replay came to: every line accounted for. Money in minor units. */
export interface ReplayReport {
  readonly lines: number;
  readonly counts: Readonly<Record<string, number>>;
  readonly orders: number;
  readonly verdicts: readonly LineOutcome[];
  /** What its orders moved in the shop's ledger, captures and refunds come to rest. */
  readonly ledger: LedgerTotals;
}

export interface ReplayOptions {
  readonly text: string;
  readonly api: ShopApi;
  readonly progress: (done: number, total: number, what: string) => void;
}

/** The retailer whose history it is: it ships free, and its prices include tax. */
const SELLER = 'online-retail';
export const COMMISSION_BASIS_POINTS = 1_000;
const ACCOUNTS = ['processor_receivable', 'commission', `seller_payable:${SELLER}`];
const AT_ONCE = 16;
const PRODUCTS_A_FILE = 500;

interface Selling {
  readonly api: ShopApi;
  /** Makes every write of this file a key of its own. */
  readonly keyOf: (what: string) => string;
  readonly prices: Map<string, number>;
  /** Guest tokens by customer: a customer's carts belong to one shopper. */
  readonly tokens: Map<string, string>;
  readonly placed: Map<string, PlacedOrder>;
  readonly verdicts: LineOutcome[];
}

interface PlacedOrder {
  readonly orderId: string;
  /** Sellers pack while the next customer buys. */
  readonly shipped: Promise<void>;
}

/**
 * Replays a retailer's file through the API of a shop. Every write carries a key made from the file's content and the shop's
 * admin token, so that a second replay changes nothing and nobody else can guess a key, which opens a guest's cart. Throws an Error in one plain sentence when the shop does not answer or a set-up call is refused.
 */
export async function replay({ text, api, progress }: ReplayOptions): Promise<ReplayReport> {
  const plan = planReplay(readRows(text));
  const file = createHash('sha256').update(text).digest('hex');
  const selling: Selling = {
    api,
    keyOf: (what) => api.keyFor(`replay ${file} ${what}`),
    prices: new Map(plan.products.map(({ sku, pence }) => [sku, pence])),
    tokens: new Map(),
    placed: new Map(),
    verdicts: plan.refused.map(({ line, reason }) => ({ line, outcome: 'refused', reason })),
  };
  await openShop(selling, plan.products, progress);
  for (const [index, step] of plan.steps.entries()) {
    progress(index, plan.steps.length, 'invoices');
    if (step.kind === 'order') await sell(selling, step);
    else await refund(selling, step);
  }
  progress(plan.steps.length, plan.steps.length, 'invoices');
  await Promise.all(Array.from(selling.placed.values(), ({ shipped }) => shipped));
  const orderIds = new Set(Array.from(selling.placed.values(), ({ orderId }) => orderId));
  return reportOf(selling, await settledLedger(api, ACCOUNTS, orderIds));
}

async function openShop(
  { api, keyOf }: Selling,
  products: readonly PlannedProduct[],
  progress: ReplayOptions['progress'],
): Promise<void> {
  const name = { en: 'Online Retail', ko: '온라인 리테일' };
  const terms = {
    parcelFee: {},
    pricesIncludeTax: true,
    vatBasisPoints: {},
    commissionBasisPoints: COMMISSION_BASIS_POINTS,
  };
  successOf(
    await api.ask('PUT', `/v1/admin/sellers/${SELLER}`, { body: { name, terms }, idempotencyKey: keyOf('seller') }),
    'The seller',
  );
  for (let from = 0; from < products.length; from += PRODUCTS_A_FILE) {
    progress(from, products.length, 'products');
    const csv = csvOf(products.slice(from, from + PRODUCTS_A_FILE));
    const report = successOf(
      await api.ask('POST', '/v1/admin/import', { csv, idempotencyKey: keyOf(`products-${from}`) }),
      'The import',
    );
    const rejected = report.rejected as readonly JsonObject[];
    if (rejected.length > 0) throw new Error(`The import refused a product: ${rejected[0]?.reason}.`);
  }
  await atOnce(products, async ({ sku, quantity }) => {
    const path = `/v1/admin/stock/${encodeURIComponent(sku)}`;
    successOf(
      await api.ask('PUT', path, { body: { onHand: quantity }, idempotencyKey: keyOf(`stock-${sku}`) }),
      `The stock of ${sku}`,
    );
  });
}

async function sell(selling: Selling, order: PlannedOrder): Promise<void> {
  const { api, keyOf, placed, verdicts } = selling;
  await setPrices(selling, order);
  const { cartId, token } = await openCart(selling, order);
  await atOnce(order.lines, async ({ sku, quantity }) => {
    const options = {
      body: { sku, quantity },
      token,
      idempotencyKey: keyOf(`line-${order.key}-${sku}`),
      prefer: 'return=minimal',
    };
    successOf(await api.ask('POST', `/v1/carts/${cartId}/lines`, options), `${sku} of invoice ${order.key}`);
  });
  const amount = order.lines.reduce((total, line) => total + line.pence * line.quantity, 0);
  const checkout = await api.ask('POST', `/v1/carts/${cartId}/checkout`, {
    body: {
      email: emailOf(order),
      shippingAddress: addressOf(order),
      payment: { token: 'tok_visa' },
      expectedTotal: { amount, currency: 'GBP' },
    },
    token,
    idempotencyKey: keyOf(`checkout-${order.key}`),
    prefer: 'wait=30',
  });
  const rows = order.lines.flatMap((line) => line.rows);
  if (checkout.status !== 201) {
    const reason = String(checkout.body.code ?? checkout.body.status ?? checkout.status);
    for (const line of rows) verdicts.push({ line, outcome: 'refused', reason });
    return;
  }
  const orderId = String(checkout.body.orderId);
  const shipped = ship(selling, orderId, order.key);
  shipped.catch(() => undefined);
  placed.set(order.key, { orderId, shipped });
  for (const line of rows) verdicts.push({ line, outcome: 'sold' });
}

/** Sets, through the admin API, each price that the file has changed since the product was last sold. */
async function setPrices({ api, keyOf, prices }: Selling, order: PlannedOrder): Promise<void> {
  await atOnce(
    order.lines.filter((line) => prices.get(line.sku) !== line.pence),
    async ({ sku, pence }) => {
      const path = `/v1/admin/skus/${encodeURIComponent(sku)}/prices/GBP`;
      successOf(
        await api.ask('PUT', path, { body: { amount: pence }, idempotencyKey: keyOf(`price-${order.key}-${sku}`) }),
        `The price of ${sku}`,
      );
      prices.set(sku, pence);
    },
  );
}

async function openCart(
  { api, keyOf, tokens }: Selling,
  order: PlannedOrder,
): Promise<{ readonly cartId: string; readonly token: string }> {
  const known = order.customer === '' ? undefined : tokens.get(order.customer);
  const options = { body: { currency: 'GBP' }, token: known ?? null, idempotencyKey: keyOf(`cart-${order.key}`) };
  const cart = successOf(await api.ask('POST', '/v1/carts', options), `The cart of invoice ${order.key}`);
  const token = String(cart.token);
  if (order.customer !== '') tokens.set(order.customer, token);
  return { cartId: String(cart.cartId), token };
}

async function ship({ api, keyOf }: Selling, orderId: string, key: string): Promise<void> {
  const order = successOf(await api.ask('GET', `/v1/admin/orders/${orderId}`), `Order ${orderId}`);
  for (const parcel of order.parcels as readonly JsonObject[]) {
    const path = `/v1/admin/orders/${orderId}/parcels/${parcel.parcelId}/ship`;
    const options = { body: {}, idempotencyKey: keyOf(`ship-${key}-${parcel.parcelId}`) };
    const answer = await api.ask('POST', path, options);
    // Sellers who ship by themselves may have been faster.
    if (answer.body.code !== 'nothing_to_ship') successOf(answer, `Shipping order ${orderId}`);
  }
}

async function refund({ api, keyOf, placed, verdicts }: Selling, { row, sku, from }: PlannedRefund): Promise<void> {
  for (const { order, quantity } of from) {
    const sale = placed.get(order);
    if (sale === undefined) return void verdicts.push({ line: row, outcome: 'refused', reason: 'no_matching_sale' });
    await sale.shipped;
    const options = { body: { lines: [{ sku, quantity }] }, idempotencyKey: keyOf(`refund-${row}-${order}`) };
    const answer = await api.ask('POST', `/v1/admin/orders/${sale.orderId}/refunds`, options);
    if (answer.status >= 300)
      return void verdicts.push({ line: row, outcome: 'refused', reason: String(answer.body.code) });
  }
  verdicts.push({ line: row, outcome: 'refunded' });
}

function reportOf({ verdicts, placed }: Selling, ledger: LedgerTotals): ReplayReport {
  const counts: Record<string, number> = {};
  for (const { outcome, reason } of verdicts) counts[reason ?? outcome] = (counts[reason ?? outcome] ?? 0) + 1;
  const inFileOrder = verdicts.toSorted((a, b) => a.line - b.line);
  return { lines: verdicts.length, counts, orders: placed.size, verdicts: inFileOrder, ledger };
}

function csvOf(products: readonly PlannedProduct[]): string {
  const quoted = (text: string) => `"${text.replaceAll('"', '""')}"`;
  const rows = products.map(({ sku, title, pence }) =>
    [SELLER, `${SELLER}-${sku.toLowerCase()}`, sku, (pence / 100).toFixed(2), 'GBP', title].map(quoted).join(','),
  );
  return ['seller,product,sku,price,currency,title_en', ...rows].join('\n');
}

function emailOf(order: PlannedOrder): string {
  return `customer-${order.customer === '' ? order.key : order.customer}@example.com`;
}

function addressOf(order: PlannedOrder): JsonObject {
  const name = order.customer === '' ? 'A guest' : `Customer ${order.customer}`;
  return {
    name,
    line1: '1 Retail Street',
    city: order.country,
    postalCode: '00000',
    country: COUNTRY_CODES[order.country],
  };
}

async function atOnce<Item>(items: readonly Item[], task: (item: Item) => Promise<void>): Promise<void> {
  const rest = items[Symbol.iterator]();
  const worker = async () => {
    for (const item of rest) await task(item);
  };
  await Promise.all(Array.from({ length: Math.min(AT_ONCE, items.length) }, worker));
}
