import assert from 'node:assert/strict';
import { inventory } from '../../contracts/inventory.ts';
import type { orders } from '../../contracts/orders.ts';
import { payments } from '../../contracts/payments.ts';
import type { RequestOf } from '../../kernel/contract.ts';
import { makeId } from '../../kernel/ids.ts';
import { done, type Outcome } from '../../kernel/outcome.ts';
import { serviceUnderTest } from '../../platform/service/service-harness.ts';
import { orderAggregate } from './aggregate.ts';
import { lineOf, termsOf } from './fixture-orders.ts';
import { ordersService } from './service.ts';

type PlaceRequest = RequestOf<typeof orders.calls.place>;

export const SHOPPER = 'shp-1';
export const WAIT_MS = 5_000;
let made = 0;

export function newOrderId(): string {
  const bytes = new Uint8Array(10);
  new DataView(bytes.buffer).setUint32(0, ++made);
  return makeId({ kind: 'ord', cell: 0, bucket: made, timeMs: 1_700_000_000_000 }, bytes);
}

export function request(change: Partial<PlaceRequest> = {}): PlaceRequest {
  return {
    orderId: newOrderId(),
    cartId: 'crt-1',
    shopperId: SHOPPER,
    currency: 'GBP',
    lines: [lineOf('cup', 'potter', 500, 3), lineOf('towel', 'weaver', 1_200, 2)],
    terms: [termsOf('potter'), termsOf('weaver')],
    email: 'ann@example.com',
    shippingAddress: { name: 'Ann Potter', line1: '1 Lane', city: 'Leeds', postalCode: 'LS1', country: 'GB' },
    paymentToken: 'tok_visa',
    ...change,
  };
}

/** Orders with a warehouse and a bank that do as they are told; `asked` is what they were asked, in turn. */
export async function shop(
  answers: Readonly<Record<string, () => Outcome<unknown> | Promise<Outcome<unknown>>>> = {},
  settings: Readonly<Record<string, unknown>> = {},
) {
  const asked: { readonly call: string; readonly request: Record<string, unknown> }[] = [];
  const neighbour = (contract: typeof inventory | typeof payments, ...calls: string[]) => ({
    contract,
    handlers: Object.fromEntries(
      calls.map((call) => [
        call,
        async (request: Record<string, unknown>) => {
          asked.push({ call, request });
          return answers[call]?.() ?? done({});
        },
      ]),
    ),
  });
  const neighbours = [neighbour(inventory, 'reserve', 'release'), neighbour(payments, 'authorise', 'void')];
  const service = await serviceUnderTest(ordersService, neighbours, settings);
  const { handlers } = service.running;
  const token = service.capabilities.issue(SHOPPER);
  const ask = async (
    method: 'GET' | 'POST',
    url: string,
    options: { body?: object; key?: string; as?: string } = {},
  ) => {
    const answer = await service.http.inject({
      method,
      url,
      headers: {
        ...(options.as === '' ? {} : { authorization: `Bearer ${options.as ?? token}` }),
        ...(options.key === undefined ? {} : { 'idempotency-key': options.key }),
      },
      ...(options.body === undefined ? {} : { payload: options.body }),
    });
    return { status: answer.statusCode, body: answer.json(), headers: answer.headers };
  };
  const confirmed = async (change: Partial<PlaceRequest> = {}) => {
    const placing = request(change);
    assert.equal((await handlers.place(placing, {})).kind, 'done');
    const outcome = await handlers.outcome({ orderId: placing.orderId, waitMs: WAIT_MS }, {});
    assert.equal(outcome.kind === 'done' && outcome.answer.status, 'confirmed');
    return placing.orderId;
  };
  return { ...service, handlers, asked, ask, confirmed, [Symbol.asyncDispose]: service[Symbol.asyncDispose] };
}

export const historyOf = async ({ kit }: Awaited<ReturnType<typeof shop>>, orderId: string) =>
  (await kit.store.history(orderAggregate, orderId)).map((event) => event.type);
