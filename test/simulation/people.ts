import type { SkuQuantity } from '../../src/contracts/shapes.ts';
import type { DeskAnswer, DeskRequest } from './desk.ts';
import type { KnownOrder } from './facts.ts';
import type { Action, Browsing, Shopping } from './plan.ts';
import type { Shop, World } from './world.ts';

/** Shoppers, sellers and operators: each does what the plan says, asks again when no answer comes, and remembers what it was told. */
export interface People {
  act(action: Action): Promise<void>;
  /** Handles every open case of the hospitals once more. */
  retryCases(): Promise<void>;
  erase(shopperId: string): Promise<void>;
}

interface Wallet {
  readonly token: string;
  readonly shopperId: string;
}

const TRIES = 12;
const ADDRESS = { name: 'Person', line1: '1 Market Street', city: 'London', postalCode: 'N1', country: 'GB' };
/** A text of every purchase, which must never be kept in clear. */
export const EMAIL = 'somebody@personal.example';

export function peopleOf(world: World): People {
  const { invariants, scheduler } = world;
  const { facts } = invariants;
  const wallets = new Map<number, Promise<Wallet | undefined>>();

  /** Asks until an answer comes that is no fault; undefined when none does. */
  async function insist(request: DeskRequest): Promise<DeskAnswer | undefined> {
    let answer: DeskAnswer | undefined;
    for (let attempt = 0; attempt < TRIES; attempt++) {
      answer = await world.send(request);
      if (answer !== undefined && answer.kind !== 'fault') {
        if (answer.kind === 'problem' && answer.code === 'idempotency_key_in_use') continue;
        return answer;
      }
      await world.pauseFor(Math.min(5_000, 200 * 2 ** attempt));
    }
    return undefined;
  }

  const bearer = (token: string, key?: string): Record<string, string> => ({
    authorization: `Bearer ${token}`,
    ...(key === undefined ? {} : { 'idempotency-key': key }),
  });

  async function openCart(key: string, token?: string) {
    const headers = token === undefined ? { 'idempotency-key': `guest-${key}-of-the-simulation` } : bearer(token, key);
    const answer = await insist({ method: 'POST', route: '/v1/carts', headers });
    if (answer?.kind !== 'ok') return undefined;
    return answer.body as { readonly cartId: string; readonly token: string };
  }

  async function walletOf(shopper: number): Promise<Wallet | undefined> {
    const known = wallets.get(shopper);
    if (known !== undefined) return known;
    const opening = openCart(`first-${shopper}`).then((opened) => {
      if (opened === undefined) return undefined;
      return { token: opened.token, shopperId: opened.token.slice(0, opened.token.lastIndexOf('.')) };
    });
    wallets.set(shopper, opening);
    return opening;
  }

  async function fill(cartId: string, token: string, { id, lines, edits }: Shopping): Promise<void> {
    const params = { cartId };
    for (const [index, line] of lines.entries()) {
      const headers = bearer(token, `${id}-line-${index}`);
      await insist({ method: 'POST', route: '/v1/carts/:cartId/lines', params, headers, body: line });
    }
    for (const [index, { kind, line, quantity }] of edits.entries()) {
      const sku = lines[line]?.sku ?? '';
      const headers = bearer(token, `${id}-edit-${index}`);
      const route = '/v1/carts/:cartId/lines/:sku';
      const of = { route, params: { cartId, sku }, headers };
      await insist(kind === 'change' ? { method: 'PATCH', ...of, body: { quantity } } : { method: 'DELETE', ...of });
    }
  }

  /** A line that was put in is in the cart once, though nothing names its request. What was not answered may be in it or not. */
  async function browse({ id, lines }: Browsing): Promise<void> {
    const opened = await openCart(id);
    if (opened === undefined) return;
    const { cartId, token } = opened;
    const put = new Map<string, number>();
    for (const line of lines) {
      const asking = { route: '/v1/carts/:cartId/lines', params: { cartId }, headers: bearer(token), body: line };
      const answer = await world.send({ method: 'POST', ...asking });
      if (answer?.kind !== 'ok') return;
      put.set(line.sku, (put.get(line.sku) ?? 0) + line.quantity);
      const shown = (answer.body as { readonly lines: readonly SkuQuantity[] }).lines;
      for (const [sku, quantity] of put) {
        const held = shown.find((each) => each.sku === sku)?.quantity ?? 0;
        if (held !== quantity)
          invariants.violated(`cart ${cartId} holds ${held} of ${sku}, of which ${quantity} were put in`);
      }
    }
  }

  async function shop(action: Shopping): Promise<void> {
    const { id, shopper, merges } = action;
    const wallet = await walletOf(shopper);
    const opened = wallet && (await openCart(id, wallet.token));
    if (wallet === undefined || opened === undefined) return;
    const { cartId, token } = opened;
    await fill(cartId, token, action);
    if (merges) {
      const other = await openCart(`${id}-other`, token);
      if (other !== undefined) {
        await fill(other.cartId, token, { ...action, id: `${id}-other`, edits: [] });
        const params = { cartId };
        const body = { cartId: other.cartId, token };
        const headers = bearer(token, `${id}-merge`);
        await insist({ method: 'POST', route: '/v1/carts/:cartId/merge', params, headers, body });
      }
    }
    const presses = Array.from({ length: action.checkouts }, async (_, index) => {
      await world.pauseFor(index * action.pauseMs);
      return buy(cartId, token, action.sameKey ? `${id}-buy` : `${id}-buy-${index}`, action.card, action.waitMs);
    });
    let orders = await Promise.all(presses);
    if (action.secondCard && action.card !== 'tok_visa' && orders.includes('declined'))
      orders = [await buy(cartId, token, `${id}-second`, 'tok_visa', action.waitMs)];
    const orderId = orders.find((order) => order?.startsWith('ord_'));
    if (orderId === undefined) return;
    await look(orderId, token);
    if (action.cancelAfterMs === undefined) return;
    await world.pauseFor(action.cancelAfterMs);
    const headers = bearer(token, `${id}-cancel`);
    await insist({ method: 'POST', route: '/v1/orders/:orderId/cancel', params: { orderId }, headers });
  }

  async function buy(cartId: string, token: string, key: string, card: string, waitMs: number) {
    const body = { email: EMAIL, shippingAddress: ADDRESS, payment: { token: card } };
    const headers = { ...bearer(token, key), ...(waitMs === 0 ? {} : { prefer: `wait=${waitMs / 1_000}` }) };
    const params = { cartId };
    const answer = await insist({ method: 'POST', route: '/v1/carts/:cartId/checkout', params, headers, body });
    if (answer?.kind === 'problem' && answer.code === 'card_declined') return 'declined';
    if (answer?.kind !== 'ok') return undefined;
    const { orderId, status } = answer.body as { readonly orderId: string; readonly status: string };
    invariants.acknowledged(orderId, status);
    return orderId;
  }

  /** What was acknowledged can be read from then on. */
  async function look(orderId: string, token: string): Promise<void> {
    const params = { orderId };
    const answer = await insist({ method: 'GET', route: '/v1/orders/:orderId', params, headers: bearer(token) });
    if (answer?.kind === 'problem')
      invariants.violated(`order ${orderId} was acknowledged, and is then ${answer.code}`);
  }

  const choose = <Item>(items: readonly Item[], pick: number): Item | undefined =>
    items[Math.floor(pick * items.length)];
  const admin = (key: string) => ({ 'idempotency-key': key });
  const standing = (): KnownOrder[] =>
    [...facts.orders.values()].filter(({ confirmed, cancelled }) => confirmed && !cancelled);

  async function ship({ id, pick, partly }: Extract<Action, { kind: 'ship' }>): Promise<void> {
    const order = choose(standing(), pick);
    const parcel = order && choose(order.parcels, (pick * 7) % 1);
    if (order === undefined || parcel === undefined) return;
    const line = parcel.lines[0];
    const lines = partly && line !== undefined ? [{ sku: line.sku, quantity: 1 }] : undefined;
    const answer = await insist({
      method: 'POST',
      route: '/v1/admin/orders/:orderId/parcels/:parcelId/ship',
      params: { orderId: order.orderId, parcelId: parcel.parcelId },
      headers: admin(id),
      body: lines === undefined ? null : { lines },
    });
    if (answer?.kind === 'ok') invariants.shipped((answer.body as { shipmentId: string }).shipmentId);
  }

  async function cancel({ id, pick, partly }: Extract<Action, { kind: 'cancel' }>): Promise<void> {
    const order = choose(standing(), pick);
    const line = order?.parcels[0]?.lines[0];
    if (order === undefined || line === undefined) return;
    await insist({
      method: 'POST',
      route: '/v1/admin/orders/:orderId/cancel',
      params: { orderId: order.orderId },
      headers: admin(id),
      body: partly ? { lines: [{ sku: line.sku, quantity: 1 }] } : null,
    });
  }

  async function refund({ id, pick }: Extract<Action, { kind: 'refund' }>): Promise<void> {
    const shipment = choose([...facts.shipments.values()], pick);
    const line: SkuQuantity | undefined = shipment?.lines[0];
    if (shipment === undefined || line === undefined) return;
    await insist({
      method: 'POST',
      route: '/v1/admin/orders/:orderId/refunds',
      params: { orderId: shipment.orderId },
      headers: admin(id),
      body: { lines: [{ sku: line.sku, quantity: 1 }] },
    });
  }

  async function erase(shopperId: string): Promise<void> {
    const route = '/v1/admin/shoppers/:shopperId/erase';
    const answer = await insist({ method: 'POST', route, params: { shopperId } });
    if (answer?.kind === 'ok') facts.erased.add(shopperId);
  }

  /** What operators ask the process in front; a dead one answers nothing. */
  async function operate(act: (shop: Shop) => Promise<unknown>): Promise<void> {
    const shop = world.front();
    if (shop === undefined) return;
    await new Promise<void>((resolve) => {
      const forget = shop.life.onDeath(() => resolve());
      act(shop)
        .catch((error: unknown) => world.trace(`an operator fails: ${String(error)}`))
        .then(() => {
          forget();
          resolve();
        });
    });
  }

  const retryCases = () =>
    operate(async ({ composition }) => {
      for (const { name, hospital } of composition.parts) {
        for (const { id } of await hospital.list({ status: 'open', limit: 50 })) {
          world.trace(`${name} retries ${id}`);
          await hospital.retry(id, { by: 'operator' });
        }
      }
    });

  const rebuild = (pick: number) =>
    operate(async ({ composition }) => {
      const runners = composition.parts.flatMap(({ views }) => [...views.values()]);
      await choose(runners, pick)?.rebuild();
    });

  async function put(route: string, params: Record<string, string>, body: object): Promise<void> {
    await insist({ method: 'PUT', route, params, headers: admin(`${scheduler.steps()}`), body });
  }

  return {
    retryCases,
    erase,
    async act(action) {
      switch (action.kind) {
        case 'shop':
          return shop(action);
        case 'browse':
          return browse(action);
        case 'ship':
          return ship(action);
        case 'cancel':
          return cancel(action);
        case 'refund':
          return refund(action);
        case 'count':
          return put('/v1/admin/stock/:sku', { sku: action.sku }, { onHand: action.onHand, location: action.location });
        case 'price':
          return put(
            '/v1/admin/skus/:sku/prices/:currency',
            { sku: action.sku, currency: 'GBP' },
            { amount: action.amount },
          );
        case 'erase': {
          const buyers = [...new Set([...facts.orders.values()].map(({ shopperId }) => shopperId))];
          const shopperId = choose(buyers, action.pick);
          return shopperId === undefined ? undefined : erase(shopperId);
        }
        case 'retryCases':
          return retryCases();
        case 'rebuild':
          return rebuild(action.pick);
      }
    },
  };
}
