import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { certificateOf, NAMES, openBalancer } from './balancer-harness.ts';
import { type Asked, ask, constantLoad, followEvents, pause, until } from './clients-harness.ts';
import { limits } from './limits.ts';
import { type BalancerEngine, balancerEngines } from './port.ts';

/** What reading requests is good for, through every engine. */

interface Told {
  readonly name: string;
  readonly connections: number;
  readonly client: string;
  readonly proto: string;
  readonly host: string;
  readonly received: Readonly<Record<string, number>>;
}

const COOKIE = /^jangteo_replica=[^;]+/;

it(
  'haproxy, layer 7: what is below a prefix goes to the leader, and to anybody while there is none',
  {
    timeout: 60_000,
  },
  leaderFirst,
);

for (const engine of balancerEngines)
  describe(`${engine}, layer 7`, () => {
    it(
      'reads requests: addresses, kept connections, streams, long answers, careful repetition',
      { timeout: 60_000 },
      () => requests(engine),
    );
    it('keeps a shopper with a process where asked', { timeout: 60_000 }, () => sticky(engine));
    it('ends TLS', { timeout: 60_000 }, () => endsTls(engine));
    if (engine !== 'nginx')
      it('leaves a process alone that calls itself ready and fails', { timeout: 60_000 }, () => ejects(engine));
  });

async function requests(engine: BalancerEngine): Promise<void> {
  const { balancer, upstreams, stop } = await openBalancer(engine);
  const { url } = balancer;
  const from = async (path: string, headers = {}) => JSON.parse((await ask(`${url}${path}`, { headers })).body) as Told;
  try {
    const who = await from('/who', { 'x-forwarded-for': '6.6.6.6', forwarded: 'for=6.6.6.6', host: 'shop.test:8080' });
    assert.deepEqual([who.client, who.proto, who.host], ['127.0.0.1', 'http', 'shop.test:8080']);

    const load = constantLoad(url);
    const waited = performance.now();
    assert.equal((await ask(`${url}/wait`, { headers: { prefer: 'wait=4' } })).status, 200);
    assert.ok(performance.now() - waited >= 3_900);
    await load.stop();
    assert.deepEqual(
      load.asked.filter(({ failed }) => failed !== undefined),
      [],
    );
    const all = await Promise.all(
      upstreams.origins.map(async (origin) => JSON.parse((await ask(`${origin}/who`)).body) as Told),
    );
    const connections = all.reduce((sum, told) => sum + told.connections, 0);
    const health = (performance.now() / limits.healthEveryMs + 10) * NAMES.length;
    const asked = load.asked.length;
    console.log(`${engine}: ${asked} requests and their health checks came on ${connections} connections`);
    assert.ok(
      connections - Math.min(health, connections) < asked / 5,
      `${connections} connections for ${asked} requests`,
    );

    const stream = await followEvents(url);
    await until('twenty events', () => stream.events.length >= 20);
    const late = stream.events.map(({ lateMs }) => lateMs).sort((a, b) => a - b);
    assert.ok(
      (late[Math.floor(late.length / 2)] ?? 1_000) < 80,
      `half of the events came ${late.at(10)} ms late: they were held back`,
    );
    stream.close();

    const received = async (key: string) => {
      const told = await Promise.all(
        upstreams.origins.map(async (origin) => JSON.parse((await ask(`${origin}/who`)).body) as Told),
      );
      return told.reduce((sum, each) => sum + (each.received[key] ?? 0), 0);
    };
    const broken = await ask(`${url}/break`, { method: 'POST' });
    assert.ok(broken.status === 502 || broken.status === 503, `${broken.status}`);
    assert.equal((JSON.parse(broken.body) as { code: string }).code, 'unavailable');
    assert.equal(await received('POST /break'), 1, 'a POST that may have been done is not repeated');
    assert.ok((await ask(`${url}/break`)).status >= 502);
    const repeated = await received('GET /break');
    assert.ok(repeated >= 2 && repeated <= limits.attempts, `a GET was asked ${repeated} times`);
  } finally {
    await stop();
  }
}

async function sticky(engine: BalancerEngine): Promise<void> {
  const { balancer, upstreams, stop } = await openBalancer(engine, { sticky: true });
  const who = async (cookie?: string) => {
    const answer = await ask(`${balancer.url}/who`, { headers: cookie === undefined ? {} : { cookie } });
    assert.equal(answer.status, 200);
    const set = answer.headers['set-cookie']?.map((each) => COOKIE.exec(each)?.[0]).find((each) => each !== undefined);
    return { name: (JSON.parse(answer.body) as Told).name, set };
  };
  try {
    const newcomers = await Promise.all(Array.from({ length: 30 }, () => who()));
    assert.ok(new Set(newcomers.map(({ name }) => name)).size > 1, 'newcomers are spread');
    const [{ name, set } = assert.fail('nobody came')] = newcomers;
    assert.ok(set, 'a newcomer is given a cookie');
    for (let turn = 0; turn < 10; turn++) assert.equal((await who(set)).name, name);
    const others = upstreams.each.filter((each) => each.name !== name);
    await balancer.reload([upstreams.named(name).origin, others[0]?.origin ?? '']);
    await pause(1_500);
    for (let turn = 0; turn < 10; turn++) assert.equal((await who(set)).name, name, 'stays through a reload');
    upstreams.named(name).signal('SIGKILL');
    await upstreams.named(name).ended();
    for (let turn = 0; turn < 20; turn++) assert.notEqual((await who(set)).name, name);
  } finally {
    await stop();
  }
}

async function endsTls(engine: BalancerEngine): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'jangteo-certificate-'));
  const { cert, key } = certificateOf(folder, 'shop.test');
  const { balancer, stop } = await openBalancer(engine, {
    certificate: { certificateFile: cert, keyFile: key },
  });
  try {
    const { shownBy, body } = await ask(`${balancer.url}/who`);
    assert.deepEqual([shownBy, (JSON.parse(body) as Told).proto], ['shop.test', 'https']);
  } finally {
    await stop();
    rmSync(folder, { recursive: true, force: true });
  }
}

async function ejects(engine: BalancerEngine): Promise<void> {
  const { balancer, upstreams, stop } = await openBalancer(engine);
  const load = constantLoad(balancer.url);
  try {
    await pause(1_000);
    upstreams.named('a').signal('SIGHUP');
    const brokenAt = performance.now();
    await pause(6_000);
    const asked = load.between(brokenAt);
    const failed = asked.filter((each) => each.failed !== undefined);
    console.log(`${engine}: ${failed.length} of ${asked.length} reached the process that fails`);
    assert.ok(failed.length > 0, 'the process failed nobody: nothing was tried');
    assert.ok(failed.length < asked.length / 10, `${failed.length} of ${asked.length} failed`);
  } finally {
    await load.stop();
    await stop();
  }
}

async function leaderFirst(): Promise<void> {
  const { balancer, upstreams, stop } = await openBalancer('haproxy', {
    leader: { prefix: '/v1/', healthPath: '/leaderz' },
  });
  const load = constantLoad(`${balancer.url}/v1`);
  const pages = constantLoad(balancer.url, 2);
  let killedAt = 0;
  const shares = (asked: readonly Asked[]) => [...new Set(asked.flatMap(({ by }) => by ?? []))].sort();
  try {
    await until('everybody has answered', () => shares(load.asked).length === NAMES.length);
    await ask(`${upstreams.named('a').origin}/lead`);
    await pause(1_500);
    const ledBy = performance.now();
    await pause(1_000);
    assert.deepEqual(shares(load.between(ledBy)), ['a']);
    upstreams.named('a').signal('SIGKILL');
    await upstreams.named('a').ended();
    killedAt = performance.now();
    await pause(1_500);
    assert.deepEqual(shares(load.between(killedAt + 1_000)), ['b', 'c']);
    await ask(`${upstreams.named('b').origin}/lead`);
    await pause(1_500);
    const takenOver = performance.now();
    await pause(1_000);
    assert.deepEqual(shares(load.between(takenOver)), ['b']);
    assert.deepEqual(shares(pages.between(takenOver)), ['b', 'c'], 'pages come from everybody');
  } finally {
    await load.stop();
    await pages.stop();
    await stop();
  }
  const lost = load.asked.filter(({ failed, startedAt, endedAt, method }) => {
    const isBefore = startedAt < killedAt && endedAt >= killedAt - 50;
    return failed !== undefined && !(method === 'POST' && isBefore);
  });
  assert.deepEqual(lost, [], 'only a POST that was under way at the killed leader may fail');
}
