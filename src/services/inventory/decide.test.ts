import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { fold } from '../../kernel/decider.ts';
import { given } from '../../kernel/decider-spec.ts';
import { CLOSED_PER_GENERATION } from './closed.ts';
import { EXPIRED_PER_EVENT, type StockCommand, stockDecider } from './decide.ts';
import { stock as aggregate } from './stock.aggregate.ts';
import { expiredOrders, type Stock, type StockEvent } from './stock.ts';

const NOW = 1_800_000_000_000;
const LATER = NOW + 600_000;
const about = { sku: 'TEA', now: NOW, lowStockAt: 5 };

const counted = (onHand: number, location = 'main'): StockEvent => ({
  type: 'StockCounted',
  data: { location, onHand },
});
const held = (order: string, quantity: number, until = LATER): StockEvent => ({
  type: 'StockReserved',
  data: { order, quantity, until },
});
const told = (availability: 'in_stock' | 'low_stock' | 'out_of_stock'): StockEvent => ({
  type: 'AvailabilityChanged',
  data: { sku: 'TEA', availability },
});
const released = (order: string): StockEvent => ({ type: 'ReservationReleased', data: { order } });
const expired = (...orders: string[]): StockEvent => ({ type: 'ReservationsExpired', data: { orders } });
const sold = (order: string): StockEvent => ({ type: 'StockSold', data: { order } });
const reserve = (order: string, quantity: number, at: Partial<StockCommand> = {}): StockCommand =>
  ({ kind: 'reserve', ...about, order, quantity, validUntil: NOW + 30_000, expiresAt: LATER, ...at }) as StockCommand;
const sell = (order: string, quantity: number): StockCommand => ({ kind: 'sell', ...about, order, quantity });
const nothing = { redelivery: 'nothing' } as const;

test('stock is counted, and its availability told when it changes', () => {
  given(stockDecider, [], nothing)
    .when({ kind: 'count', ...about, location: 'main', onHand: 10 })
    .then([counted(10), told('in_stock')]);
  given(stockDecider, [], nothing)
    .when({ kind: 'count', ...about, location: 'main', onHand: 0 })
    .then([counted(0), told('out_of_stock')]);
  given(stockDecider, [counted(10), told('in_stock')], nothing)
    .when({ kind: 'count', ...about, location: 'busan', onHand: 1 })
    .then([counted(1, 'busan')]);
});

test('pieces are reserved once, and the last ones are told', () => {
  const ten = [counted(10), told('in_stock')];
  given(stockDecider, ten, nothing)
    .when(reserve('o1', 2))
    .then([held('o1', 2)]);
  given(stockDecider, ten, nothing)
    .when(reserve('o1', 7))
    .then([held('o1', 7), told('low_stock')]);
  given(stockDecider, ten, nothing)
    .when(reserve('o1', 10))
    .then([held('o1', 10), told('out_of_stock')]);
  given(stockDecider, ten).when(reserve('o1', 11)).thenRejected('out_of_stock');
  given(stockDecider, []).when(reserve('o1', 1)).thenRejected('out_of_stock');
});

test('pieces are taken from other places when the main one is short', () => {
  given(stockDecider, [counted(2), counted(20, 'busan'), told('in_stock')], nothing)
    .when(reserve('o1', 5))
    .then([{ type: 'StockReserved', data: { order: 'o1', quantity: 5, until: LATER, from: { main: 2, busan: 3 } } }]);
});

test('a late reserve holds nothing', () => {
  const ten = [counted(10), told('in_stock')];
  given(stockDecider, ten)
    .when(reserve('o1', 1, { validUntil: NOW - 1 }))
    .thenRejected('request_expired');
  given(stockDecider, [...ten, held('o1', 1), released('o1')])
    .when(reserve('o1', 1))
    .thenRejected('request_expired');
  given(stockDecider, [...ten, released('o1')])
    .when(reserve('o1', 1))
    .thenRejected('request_expired');
  given(stockDecider, [...ten, held('o1', 1), sold('o1')])
    .when(reserve('o1', 1))
    .thenNothing();
});

test('a release gives back, or leaves a mark where nothing was held', () => {
  const ten = [counted(10), told('in_stock')];
  const release: StockCommand = { kind: 'release', ...about, order: 'o1' };
  given(stockDecider, [...ten, held('o1', 1)], nothing)
    .when(release)
    .then([released('o1')]);
  given(stockDecider, ten, nothing)
    .when(release)
    .then([released('o1')]);
  given(stockDecider, [...ten, held('o1', 1), sold('o1')])
    .when(release)
    .thenNothing();
});

test('a reservation becomes a sale; one that ran out is taken again while there is enough', () => {
  const ten = [counted(10), told('in_stock')];
  given(stockDecider, [...ten, held('o1', 2)], nothing)
    .when(sell('o1', 2))
    .then([sold('o1')]);
  given(stockDecider, [...ten, held('o1', 2), expired('o1')], nothing)
    .when(sell('o1', 2))
    .then([{ type: 'StockSold', data: { order: 'o1', taken: { main: 2 } } }]);
  given(stockDecider, [...ten, held('o1', 2), expired('o1'), held('o2', 10)])
    .when(sell('o1', 2))
    .thenRejected('reservation_lost');
  given(stockDecider, [...ten, held('o1', 2), released('o1')])
    .when(sell('o1', 2))
    .thenRejected('reservation_lost');
  given(stockDecider, ten).when(sell('o9', 2)).thenRejected('reservation_lost');
});

test('what was sold comes back once per return; what was not sold does not', () => {
  const ten = [counted(10), told('in_stock'), held('o1', 3)];
  const back: StockCommand = { kind: 'takeBack', ...about, order: 'o1', returnId: 'r1', quantity: 2 };
  given(stockDecider, [...ten, sold('o1')], nothing)
    .when(back)
    .then([{ type: 'StockReturned', data: { order: 'o1', returnId: 'r1', quantity: 2, location: 'main' } }]);
  given(stockDecider, [...ten, released('o1')])
    .when(back)
    .thenRejected('no_matching_sale');
});

test('where stock is short, as many expired reservations are freed as are needed', () => {
  const past = [held('o1', 2, NOW - 1), held('o2', 3, NOW - 1), held('o3', 4, LATER)];
  given(stockDecider, [counted(9), told('in_stock'), ...past, told('out_of_stock')], nothing)
    .when(reserve('o4', 1))
    .then([expired('o1'), held('o4', 1), told('low_stock')]);
  given(stockDecider, [counted(9), ...past, told('out_of_stock')], nothing)
    .when(reserve('o4', 5))
    .then([expired('o1', 'o2'), held('o4', 5)]);
  given(stockDecider, [counted(9), ...past])
    .when(reserve('o4', 6))
    .thenRejected('out_of_stock');
});

test('expiry gives back a bounded number at a time', () => {
  const many = Array.from({ length: EXPIRED_PER_EVENT + 1 }, (_, index) => held(`o${index}`, 1, NOW));
  let state = fold(stockDecider, [counted(1_000), ...many]);
  for (const left of [1, 0]) {
    const decision = stockDecider.decide({ kind: 'expire', ...about }, state);
    assert.ok(decision.ok);
    state = decision.events.reduce(stockDecider.evolve, state);
    assert.equal(state.reserved, left);
  }
  assert.deepEqual(stockDecider.decide({ kind: 'expire', ...about }, state), { ok: true, events: [] });
});

test('the memory of what was closed stays bounded and keeps the last', () => {
  const orders = Array.from({ length: 3 * CLOSED_PER_GENERATION }, (_, index) => `o${index}`);
  const state = fold(stockDecider, [counted(10), ...orders.flatMap((order) => [held(order, 1), released(order)])]);
  assert.ok(state.closed.recent.size + state.closed.older.size <= 2 * CLOSED_PER_GENERATION);
  assert.ok(!stockDecider.decide(reserve(orders.at(-CLOSED_PER_GENERATION) ?? '', 1), state).ok);
});

const command: fc.Arbitrary<StockCommand> = fc
  .record({
    order: fc.integer({ min: 0, max: 8 }).map((number) => `o${number}`),
    quantity: fc.integer({ min: 1, max: 6 }),
    onHand: fc.integer({ min: 0, max: 12 }),
    location: fc.constantFrom('main', 'busan'),
    now: fc.integer({ min: 0, max: 600_000 }).map((ms) => NOW + ms),
    lasts: fc.integer({ min: 0, max: 300_000 }),
    kind: fc.constantFrom('reserve', 'reserve', 'release', 'sell', 'takeBack', 'count', 'expire'),
  })
  .map(
    ({ now, lasts, order, ...rest }) =>
      ({
        ...about,
        ...rest,
        now,
        order,
        returnId: `return of ${order}`,
        validUntil: now,
        expiresAt: now + lasts,
      }) as unknown as StockCommand,
  );

test('under any history: never below zero, nothing lost, locations add up, redelivery changes nothing, replay is live', () => {
  fc.assert(
    fc.property(fc.array(command, { maxLength: 80 }), (commands) => {
      const events: StockEvent[] = [];
      let state = stockDecider.initial;
      let counted = 0;
      for (const each of commands) {
        const decision = stockDecider.decide(each, state);
        if (!decision.ok) continue;
        for (const event of decision.events) {
          const before = state.onHand;
          state = stockDecider.evolve(state, event);
          if (event.type === 'StockCounted') counted += state.onHand - before;
        }
        events.push(...decision.events);
        assertSound(state, counted);
        const again = stockDecider.decide(each, state);
        assert.ok(again.ok && again.events.length === 0, `${each.kind} changed something the second time`);
      }
      assert.deepEqual(seen(fold(stockDecider, events)), seen(state));
      const { encode, decode } = aggregate.snapshot ?? assert.fail();
      assert.deepEqual(seen(decode(JSON.parse(JSON.stringify(encode(state))))), seen(state));
    }),
  );
});

function assertSound(state: Stock, counted: number): void {
  assert.ok(state.onHand >= 0 && state.reserved >= 0 && state.sold >= 0);
  assert.ok(Object.values(state.locations).every((pieces) => pieces >= 0));
  assert.equal(state.onHand + state.reserved + state.sold, counted);
  assert.equal(
    Object.values(state.locations).reduce((a, b) => a + b, 0),
    state.onHand,
  );
  const open = [...state.open.values()].reduce((total, { quantity }) => total + quantity, 0);
  assert.equal(open, state.reserved);
  assert.equal(expiredOrders(state, Number.MAX_SAFE_INTEGER, 1_000).length, state.open.size);
}

function seen(state: Stock): unknown {
  const { open, due, closed, ...rest } = state;
  const minutes = [...due].map(([minute, orders]) => [minute, [...orders].sort()]).sort();
  return JSON.parse(
    JSON.stringify({
      ...rest,
      open: [...open].sort(),
      minutes,
      recent: [...closed.recent].sort(),
      older: [...closed.older].sort(),
    }),
  );
}

test('10,000 open reservations cost no more per event than ten', () => {
  const evolvedPerMs = (open: number) => {
    let state = fold(stockDecider, [
      counted(1_000_000),
      ...Array.from({ length: open }, (_, index) => held(`warm${index}`, 1)),
    ]);
    const rounds = 5_000;
    const startedAt = performance.now();
    for (let index = 0; index < rounds; index++) {
      state = stockDecider.evolve(state, held(`o${index}`, 1));
      state = stockDecider.evolve(state, sold(`o${index}`));
    }
    assert.equal(state.sold, rounds);
    return (2 * rounds) / (performance.now() - startedAt);
  };
  evolvedPerMs(10);
  const few = Math.max(evolvedPerMs(10), evolvedPerMs(10));
  const many = Math.max(evolvedPerMs(10_000), evolvedPerMs(10_000));
  assert.ok(many > few / 5, `${few.toFixed(0)} events/ms with ten open, ${many.toFixed(0)} with 10,000`);
});
