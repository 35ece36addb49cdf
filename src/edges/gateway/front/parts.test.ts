import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { virtualClock } from '../../../platform/clock/virtual.ts';
import { admission, type Priority } from './admission.ts';
import { budget } from './budget.ts';
import { faultFor } from './faults.ts';
import { listedOrigins } from './origins.ts';
import { drawOf, pickService } from './pick.ts';
import { recentTimes } from './recent-times.ts';
import { versionHeaders } from './versions.ts';

describe('load shedding', () => {
  const bounds = { concurrent: 1, queued: 2, queueMs: 100 };

  it('lets the important in first, and turns the less important away for it', async () => {
    const load = admission(virtualClock(), bounds);
    const told: string[] = [];
    const come = async (name: string, priority: Priority) =>
      void told.push(`${name} ${(await load.enter(priority)) ? 'in' : 'away'}`);
    await come('first', 'low');
    const others = [come('browse', 'low'), come('browse too', 'low'), come('checkout', 'high'), come('page', 'normal')];
    await Promise.resolve();
    for (let i = 0; i < 3; i++) {
      load.leave();
      await new Promise((resolve) => setImmediate(resolve));
    }
    await Promise.all(others);
    assert.deepEqual(told, ['first in', 'browse too away', 'browse away', 'checkout in', 'page in']);
    assert.deepEqual([load.inside, load.waiting], [0, 0]);
  });

  it('turns away who would wait too long', async () => {
    const clock = virtualClock();
    const load = admission(clock, bounds);
    await load.enter('high');
    const waiting = load.enter('high');
    await clock.advance(100);
    assert.equal(await waiting, false);
    assert.equal(load.waiting, 0);
  });

  it('keeps count whatever comes: never more inside than may be, nobody left waiting beside a free place', async () => {
    const step = fc.oneof(
      fc.constantFrom<Priority>('high', 'normal', 'low'),
      fc.constantFrom('leave' as const, 'time' as const, 'narrow' as const, 'widen' as const),
    );
    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 60 }), async (steps) => {
        const clock = virtualClock();
        const load = admission(clock, { ...bounds, concurrent: 2 });
        let allowed = 2;
        for (const each of steps) {
          if (each === 'leave') {
            if (load.inside > 0) load.leave();
          } else if (each === 'time') await clock.advance(60);
          else if (each === 'narrow' || each === 'widen') {
            allowed = each === 'narrow' ? 1 : 3;
            load.bound({ ...bounds, concurrent: allowed });
          } else {
            const before = load.inside;
            void load.enter(each);
            assert.ok(load.inside === before || load.inside <= allowed);
          }
          assert.ok(load.waiting <= bounds.queued);
          assert.ok(load.waiting === 0 || load.inside >= allowed);
        }
      }),
      { numRuns: 100 },
    );
  });
});

describe('the parts of the gateway', () => {
  it('a canary gets its share, and one client always the same', () => {
    const route = {
      name: 'r',
      path: '/',
      targets: [
        { service: 'old', weight: 90 },
        { service: 'new', weight: 10 },
        { service: 'off', weight: 0 },
      ],
    };
    const shares = new Map<string, number>();
    for (let i = 0; i < 10_000; i++) {
      const draw = drawOf(`client ${i}`);
      assert.equal(draw, drawOf(`client ${i}`));
      const service = pickService(route, draw);
      shares.set(service, (shares.get(service) ?? 0) + 1);
    }
    assert.ok(Math.abs((shares.get('new') ?? 0) - 1_000) < 120, String([...shares]));
    assert.equal(shares.has('off'), false);
    assert.equal(pickService(route, 0.999_999), 'new');
  });

  it('a budget lets a tenth be sent again, and some at once after a quiet time', () => {
    const retries = budget({ share: 0.1, atLeast: 3 });
    assert.deepEqual([retries.spend(), retries.spend(), retries.spend(), retries.spend()], [true, true, true, false]);
    let spent = 0;
    for (let i = 0; i < 1_000; i++) {
      retries.earn();
      if (retries.spend()) spent++;
    }
    assert.ok(spent > 95 && spent <= 100, `${spent}`);
  });

  it('what is unusually slow is known once there are enough times to say', () => {
    const times = recentTimes();
    for (let i = 1; i <= 19; i++) times.add(i);
    assert.equal(times.p95(), undefined);
    times.add(20);
    assert.equal(times.p95(), 20);
    for (let i = 0; i < 300; i++) times.add(5);
    assert.equal(times.p95(), 5);
  });

  it('a fault is met by whoever asks for it, or by a share', () => {
    const faults = [
      { header: { name: 'x-drill', value: 'slow' }, delayMs: 5 },
      { percent: 20, status: 503 as const },
    ];
    assert.equal(
      faultFor(faults, { 'x-drill': 'slow' }, () => 0.99),
      faults[0],
    );
    assert.equal(
      faultFor(faults, {}, () => 0.19),
      faults[1],
    );
    assert.equal(
      faultFor(faults, {}, () => 0.2),
      undefined,
    );
    assert.equal(
      faultFor(undefined, {}, () => 0),
      undefined,
    );
  });

  it('a version on its way out says so in the standard headers', () => {
    assert.deepEqual(versionHeaders({ deprecatedSince: '2026-11-01', sunset: '2027-05-01', link: '/docs#v1' }), [
      ['deprecation', '@1793491200'],
      ['sunset', 'Sat, 01 May 2027 00:00:00 GMT'],
      ['link', '</docs#v1>; rel="deprecation"; type="text/html"'],
    ]);
    assert.deepEqual(versionHeaders({}), []);
  });

  it('listed origins come by turns', () => {
    const origins = listedOrigins({ cart: ['http://a', 'http://b'], none: [] }, virtualClock());
    assert.deepEqual(
      ['cart', 'cart', 'cart', 'none', 'unknown'].map((each) => origins.of(each)?.origin),
      ['http://a', 'http://b', 'http://a', undefined, undefined],
    );
  });
});
