import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { NAMES, openBalancer } from './balancer-harness.ts';
import { type Answer, ask, constantLoad, followEvents, type Load, pause, until } from './clients-harness.ts';
import { type BalancerEngine, balancerEngines } from './port.ts';

/** One test put through every engine and both layers: a process drains, ends, is killed, comes back; the list changes. */

/** Health is asked every half second, twice; a moment for the engine, and for a busy machine. */
/** Another address of this machine than its usual one. */
const SHOPPER = '127.0.0.2';
const NOTICED_MS = 3_000;
/** What was sent to a killed process before anybody could know. */
const UNDER_WAY_MS = 250;
const SLOW_START_MS = 8_000;

for (const engine of balancerEngines)
  for (const layer of [7, 4] as const)
    describe(`${engine}, layer ${layer}`, () => {
      const test = () => drainAndFailover(engine, layer);
      it('drains and fails over without losing more than what was under way', { timeout: 110_000 }, test);
    });

async function drainAndFailover(engine: BalancerEngine, layer: 4 | 7): Promise<void> {
  const slowStartMs = engine === 'nginx' || layer === 4 ? 0 : SLOW_START_MS;
  const { balancer, upstreams, stop } = await openBalancer(engine, { layer, slowStartMs });
  const load = constantLoad(balancer.url);
  const told = (fact: string) => console.log(`${engine}, layer ${layer}: ${fact}`);
  try {
    await everybodyServes(load);

    const drainedAt = performance.now();
    const slow = await underWayOn('a', balancer.url);
    upstreams.named('a').signal('SIGUSR2');
    await pause(NOTICED_MS);
    const quietFrom = performance.now();
    await pause(1_000);
    assert.equal(countsOf(load, quietFrom).a, 0, 'a process that is not ready gets nothing new');
    assert.deepEqual(failuresOf(load, drainedAt), [], 'draining fails nobody');
    assert.equal((await slow).status, 200, 'what was under way is answered');
    upstreams.named('a').signal('SIGUSR2');
    await everybodyServes(load);

    const terminatedAt = performance.now();
    upstreams.named('b').signal('SIGTERM');
    assert.equal(await upstreams.named('b').ended(), 0);
    await pause(500);
    assert.deepEqual(failuresOf(load, terminatedAt), [], 'a clean end fails nobody');
    await upstreams.named('b').restart();
    await everybodyServes(load);

    const killedAt = performance.now();
    upstreams.named('c').signal('SIGKILL');
    await upstreams.named('c').ended();
    await pause(NOTICED_MS);
    const lost = failuresOf(load, killedAt - 1_000);
    const late = lost.filter(({ startedAt }) => startedAt > killedAt + UNDER_WAY_MS);
    assert.deepEqual(late, [], 'only what was under way on it fails');
    assert.ok(lost.length <= 8, `${lost.length} requests failed of eight clients`);
    const lostReads = lost.filter(({ method }) => method === 'GET');
    if (layer === 7) assert.deepEqual(lostReads, [], 'reads are asked elsewhere');

    const restartedAt = performance.now();
    await upstreams.named('c').restart();
    await everybodyServes(load);
    if (slowStartMs > 0) told(await startsSlowly(load, restartedAt));

    const reloadedAt = performance.now();
    const stream = await followEvents(balancer.url);
    await until('the stream tells who serves it', () => stream.events.length > 0);
    const stays = upstreams.named(stream.events[0]?.by ?? '');
    await balancer.reload([stays.origin]);
    await until('only one serves new connections', async () => {
      const by = await Promise.all(Array.from({ length: 6 }, async () => nameOf(await ask(`${balancer.url}/who`))));
      return by.every((name) => name === stays.name);
    });
    await balancer.reload(upstreams.origins);
    await everybodyServes(load);
    assert.deepEqual(failuresOf(load, reloadedAt), [], 'a reload fails nobody');
    assert.ok(!stream.hasEnded(), 'a stream outlives a reload');
    const gaps = stream.events.slice(1).map(({ at }, index) => at - (stream.events[index]?.at ?? at));
    assert.ok(Math.max(...gaps) < 1_000, `events stopped for ${Math.max(...gaps)} ms`);
    stream.close();

    if (layer === 4) {
      const who = await ask(`${balancer.url}/who`, { localAddress: SHOPPER });
      assert.ok(NAMES.includes(who.shownBy as 'a'), 'TLS passes through');
      assert.equal(JSON.parse(who.body).address, SHOPPER, 'who has connected is told');
    }
    told(`${load.asked.length} requests, ${lost.length} lost with the kill`);
    await load.stop();
    await nobodyUp(balancer.url, layer, () => upstreams.stop());
  } finally {
    await load.stop();
    await stop();
  }
}

function failuresOf(load: Load, from: number) {
  return load.between(from).filter(({ failed }) => failed !== undefined);
}

function countsOf(load: Load, from: number, to?: number): Readonly<Record<string, number>> {
  const asked = load.between(from, to);
  return Object.fromEntries(NAMES.map((name) => [name, asked.filter(({ by }) => by === name).length]));
}

/** At layer 4 a kept connection stays where it is, so clients come to a process that is back only with new ones. */
async function everybodyServes(load: Load): Promise<void> {
  const from = performance.now();
  let looks = 0;
  const serve = () => {
    if (looks++ % 10 === 0) load.reconnect();
    return NAMES.every((name) => (countsOf(load, from)[name] ?? 0) > 0);
  };
  await until('everybody serves', serve, 15_000);
}

/** Asks for long answers until one of them is the named process's. */
async function underWayOn(name: string, url: string): Promise<Promise<Answer>> {
  const headers = { prefer: 'wait=3' };
  const held: (() => void)[] = [];
  for (let tries = 0; tries < 30; tries++) {
    const { events, close } = await followEvents(url);
    // Held until then: where the least busy is next, whoever has the fewest would be it every time.
    held.push(close);
    await until('an event', () => events.length > 0);
    if (events[0]?.by !== name) continue;
    for (const end of held) end();
    const slow = Array.from({ length: NAMES.length * 8 }, () => ask(`${url}/wait`, { headers }));
    return Promise.all(slow).then((answers) => {
      assert.ok(answers.every(({ status }) => status === 200));
      return answers.find((answer) => nameOf(answer) === name) ?? assert.fail(`none of the long answers was ${name}'s`);
    });
  }
  return assert.fail(`${name} never served`);
}

/** Its share in the first quarter of the slow start is well below its share at the end. */
async function startsSlowly(load: Load, restartedAt: number): Promise<string> {
  const backAt = load.between(restartedAt).find(({ by }) => by === 'c')?.startedAt ?? restartedAt;
  await pause(SLOW_START_MS + 2_000);
  const share = (from: number, to: number) => {
    const counts = countsOf(load, from, to);
    return (counts.c ?? 0) / Object.values(counts).reduce((sum, count) => sum + count, 0);
  };
  const early = share(backAt, backAt + SLOW_START_MS / 4);
  const late = share(backAt + SLOW_START_MS, Number.POSITIVE_INFINITY);
  assert.ok(early < late * 0.75, `share at first ${early}, at last ${late}`);
  return `slow start: ${Math.round(early * 100)} % of the requests at first, ${Math.round(late * 100)} % at last`;
}

async function nobodyUp(url: string, layer: 4 | 7, stopAll: () => Promise<void>): Promise<void> {
  await stopAll();
  await pause(NOTICED_MS);
  if (layer === 4) return await assert.rejects(ask(`${url}/who`), 'nobody to pass a connection to: it is closed');
  const { status, headers, body } = await ask(`${url}/orders`, { method: 'POST' });
  const { code, status: told } = JSON.parse(body) as Record<string, unknown>;
  assert.deepEqual([status, code, told], [503, 'unavailable', 503]);
  assert.equal(headers['content-type'], 'application/problem+json; charset=utf-8');
  assert.deepEqual([headers['retry-after'], headers['cache-control']], ['1', 'no-store']);
}

function nameOf({ body }: Answer): string {
  return (JSON.parse(body) as { readonly name: string }).name;
}
