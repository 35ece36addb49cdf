import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { virtualClock } from '../../platform/clock/virtual.ts';
import type { Leader } from '../../platform/membership/port.ts';
import { shopOrigins } from './origins.ts';

const leaderAt = (port: number, term = 1): Leader => ({
  ...{ member: `app-${port}`, origin: `http://127.0.0.1:${port}`, isSelf: false, term, routes: [] },
});

function world() {
  const clock = virtualClock();
  const leaders = new Map<string, Leader>();
  const dead = new Set<string>();
  const listeners = new Set<() => void>();
  const origins = shopOrigins({
    topology: {
      services: { cart: {} },
      processes: { cart: { services: ['cart'] }, door: { edges: ['web'], replicas: 2 } },
    },
    membership: {
      leaderOf: (service) => leaders.get(service),
      lives: (name) => !dead.has(name),
      onChange(listener) {
        listeners.add(listener);
        return () => void listeners.delete(listener);
      },
    },
    instances: () => [1, 2].map((each) => ({ id: `door-${each}`, origin: `http://10.0.0.${each}:80`, metadata: {} })),
    token: 'token',
    clock,
  });
  const changed = () => {
    for (const listener of [...listeners]) listener();
  };
  return { clock, leaders, dead, origins, changed, listeners };
}

describe('where a shop’s parts are', () => {
  it('a service is where it is led; who sends there shows that it is of the shop', () => {
    const { leaders, origins } = world();
    assert.equal(origins.of('cart'), undefined);
    leaders.set('cart', leaderAt(1));
    const first = origins.of('cart');
    assert.deepEqual(first, { origin: 'http://127.0.0.1:1', headers: { 'jangteo-for': 'cart token' } });
    assert.equal(origins.of('cart'), first, 'who stays is the same');
    leaders.set('cart', leaderAt(1, 2));
    assert.notEqual(origins.of('cart'), first, 'another term is another leader');
  });

  it('an edge is at the replicas that show it and live, by turns', () => {
    const { dead, origins } = world();
    const next = () => origins.of('web')?.origin;
    assert.deepEqual([next(), next(), next()], ['http://10.0.0.1:80', 'http://10.0.0.2:80', 'http://10.0.0.1:80']);
    assert.deepEqual(
      [origins.isThere('web'), next(), origins.isThere('web'), next()],
      [true, 'http://10.0.0.2:80', true, 'http://10.0.0.1:80'],
      'who only looks takes nobody’s turn',
    );
    dead.add('door-1');
    assert.deepEqual([next(), next()], ['http://10.0.0.2:80', 'http://10.0.0.2:80']);
    dead.add('door-2');
    assert.equal(next(), undefined);
    assert.deepEqual([origins.isThere('web'), origins.isThere('cart')], [false, false]);
  });

  it('whoever waits for a leader hears of the next one at once, or that there was none in time', async () => {
    const { clock, leaders, origins, changed, listeners } = world();
    leaders.set('cart', leaderAt(1));
    const first = origins.of('cart');
    let heard = 0;
    const wait = (than = first) => void origins.change('cart', than, 1_000).then(() => heard++);
    wait();
    changed();
    await clock.advance(1);
    assert.equal(heard, 0, 'the same leader is no change');
    leaders.set('cart', leaderAt(2));
    changed();
    await clock.advance(1);
    assert.equal(heard, 1);
    leaders.delete('cart');
    void origins.change('cart', undefined, 1_000).then(() => heard++);
    await clock.advance(999);
    assert.equal(heard, 1);
    await clock.advance(1);
    assert.equal(heard, 2);
    assert.equal(listeners.size, 0);
  });
});
