import assert from 'node:assert/strict';
import { test } from 'node:test';
import { AUTHORITATIVE_ANSWER, TRUNCATED_RESPONSE } from 'dns-packet';
import { seededRandom } from '../clock/seeded.ts';
import { systemClock } from '../clock/system.ts';
import { dnsDiscovery } from './dns.ts';
import { a, fakeZone, srv } from './dns-harness.ts';
import { askResolver, resolverAt } from './dns-question.ts';

const zone = await fakeZone();
test.after(() => zone.close());
const signal = new AbortController().signal;

function discovery(servers: readonly string[] = [zone.address], records: 'srv' | { readonly port: number } = 'srv') {
  return dnsDiscovery({ clock: systemClock, random: seededRandom(1), servers, pattern: '{name}.shop.test', records });
}

async function known(found: ReturnType<typeof discovery>) {
  const { instances } = await found.watch('app').first;
  await found.close();
  return instances.map(({ id, origin }) => `${id} ${origin}`);
}

test('SRV records tell ports, and the addresses that come along are taken', async () => {
  zone.answer = ({ name }) => ({
    answers: [srv(name, 'app-2.shop.test', 3002), srv(name, 'app-1.shop.test', 3001)],
    additionals: [a('app-1.shop.test', '10.0.0.1'), a('App-2.shop.test', '10.0.0.9'), a('app-2.shop.test', '10.0.0.2')],
  });
  const before = zone.asked.length;
  assert.deepEqual(await known(discovery()), [
    'app-1.shop.test:3001 http://10.0.0.1:3001',
    'app-2.shop.test:3002 http://10.0.0.2:3002',
  ]);
  assert.deepEqual(zone.asked.slice(before), [{ type: 'SRV', by: 'udp' }]);
});

test('targets without an address are asked for; a target without any, and the root ("not offered"), are nobody', async () => {
  zone.answer = ({ name, type }) => {
    if (type === 'SRV') return { answers: [srv(name, 'one.test', 1), srv(name, 'none.test', 2), srv(name, '.', 3)] };
    if (name === 'one.test' && type === 'AAAA') return { answers: [{ type: 'AAAA', name, data: 'fd00::1', ttl: 5 }] };
    return {};
  };
  assert.deepEqual(await known(discovery()), ['one.test:1 http://[fd00::1]:1']);
});

test('addresses alone take the port that was given, aliases are followed', async () => {
  zone.answer = ({ name, type }) =>
    type === 'A'
      ? { answers: [{ type: 'CNAME', name, data: 'b.test', ttl: 9 }, a('b.test', '10.0.0.2'), a('b.test', '10.0.0.1')] }
      : {};
  assert.deepEqual(await known(discovery([zone.address], { port: 80 })), [
    '10.0.0.1:80 http://10.0.0.1:80',
    '10.0.0.2:80 http://10.0.0.2:80',
  ]);
});

test('an answer too long for UDP is asked for again by TCP', async () => {
  const many = Array.from({ length: 200 }, (_, index) => a('app.shop.test', `10.0.1.${index}`));
  zone.answer = (_, by) => (by === 'udp' ? { flags: TRUNCATED_RESPONSE } : { answers: many });
  assert.equal((await known(discovery([zone.address], { port: 80 }))).length, 200);
});

test('the TTL is the least of the chain; of "there is none" it is the zone’s', async () => {
  const resolver = resolverAt(zone.address);
  zone.answer = ({ name }) => ({
    answers: [{ type: 'CNAME', name, data: 'b.test', ttl: 3 }, a('b.test', '10.0.0.1', 60)],
  });
  assert.equal((await askResolver(resolver, 'app.shop.test', 'A', signal)).ttlSeconds, 3);
  const soa = { mname: 'ns.test', rname: 'x.test', serial: 1, refresh: 1, retry: 1, expire: 1, minimum: 7 };
  zone.answer = () => ({
    flags: AUTHORITATIVE_ANSWER | 3,
    authorities: [{ type: 'SOA', name: 'test', ttl: 30, data: soa }],
  });
  assert.deepEqual(await askResolver(resolver, 'app.shop.test', 'A', signal), {
    records: [],
    additionals: [],
    ttlSeconds: 7,
  });
});

test('a resolver that cannot answer is trouble, never an empty list; the next one is asked', async () => {
  zone.answer = () => ({ flags: 2 });
  const alone = discovery();
  const watch = alone.watch('app');
  while (watch.current().trouble === undefined) await new Promise((resolve) => setTimeout(resolve, 5));
  assert.equal(watch.current().state, 'awaited');
  assert.match(watch.current().trouble ?? '', /does not serve app\.shop\.test: it answered SERVFAIL/);
  await alone.close();
  const second = await fakeZone();
  second.answer = ({ name }) => ({ answers: [a(name, '10.0.0.7')] });
  assert.deepEqual(await known(discovery([zone.address, second.address], { port: 1 })), [
    '10.0.0.7:1 http://10.0.0.7:1',
  ]);
  await second.close();
});

test('an answer to another question is not taken', async () => {
  const wrong = { name: 'other.test', type: 'A', class: 'IN' } as const;
  zone.answer = () => ({ questions: [wrong], answers: [a('app.shop.test', '6.6.6.6')] });
  await assert.rejects(askResolver(resolverAt(zone.address), 'app.shop.test', 'A', signal), (error: Error) =>
    /no answer in/.test(String(error.cause)),
  );
});

test('resolvers are given by address, with port 53 where none is named', () => {
  assert.deepEqual(resolverAt('10.0.0.2'), { host: '10.0.0.2', port: 53 });
  assert.deepEqual(resolverAt('[::1]:1053'), { host: '::1', port: 1053 });
  assert.throws(() => resolverAt('not an address'));
});
