import assert from 'node:assert/strict';
import { test } from 'node:test';
import { done, rejected } from '../../kernel/outcome.ts';
import { seededRandom } from '../../platform/clock/seeded.ts';
import { virtualClock } from '../../platform/clock/virtual.ts';
import { silentLogger } from '../../platform/telemetry/silent.ts';
import { sellerAutopilotIntegration } from './integration.ts';

function sellers(settings: object) {
  const clock = virtualClock();
  const start = clock.now();
  const waiting = [
    { orderId: 'ord_refused', parcelIds: ['p1'], confirmedAt: start },
    { orderId: 'ord_first', parcelIds: ['p1', 'p2'], confirmedAt: start },
    { orderId: 'ord_later', parcelIds: ['p1'], confirmedAt: start + 10_000 },
  ];
  const shipped: string[] = [];
  const orders = {
    toShip: async () =>
      done({ orders: waiting.filter(({ orderId }) => !shipped.some((each) => each.startsWith(orderId))) }),
    async ship({ orderId, parcelId }: { orderId: string; parcelId: string }) {
      if (orderId === 'ord_refused') return rejected({ code: 'order_cancelled', detail: 'It was cancelled.' });
      shipped.push(`${orderId}/${parcelId}`);
      return done({ shipmentId: 'shi' });
    },
  };
  const kit = { clock, random: seededRandom(1), logger: silentLogger, client: () => orders, settings };
  return { clock, shipped, running: sellerAutopilotIntegration.start(kit as never) };
}

test('sellers ship what has waited long enough, and one refusal holds up nobody', async () => {
  const { clock, shipped, running } = sellers({ shipAfterMs: 2_000, everyMs: 500 });
  await clock.advance(1_900);
  assert.deepEqual(shipped, []);
  await clock.advance(1_000);
  assert.deepEqual(shipped, ['ord_first/p1', 'ord_first/p2']);
  await clock.advance(10_000);
  assert.deepEqual(shipped, ['ord_first/p1', 'ord_first/p2', 'ord_later/p1']);
  await (await running).stop?.();
  assert.equal(clock.pending(), 0);
});

test('switched off, nothing happens', async () => {
  const { clock, shipped } = sellers({ enabled: false });
  await clock.advance(60_000);
  assert.deepEqual([shipped, clock.pending()], [[], 0]);
});
