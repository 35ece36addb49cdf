import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { known } from '../registry.ts';
import { cloneFolder } from '../settings.ts';
import { readTopology, type Topology } from '../topology.ts';
import { addressFrom, engineAddress } from './addresses.ts';
import { choicesOf, hostsOf, peersOf, processesOf, replicasOf, reservesOf } from './processes.ts';

let folder: string;
before(() => {
  folder = mkdtempSync(join(tmpdir(), 'jangteo-growth-'));
});
after(() => rmSync(folder, { recursive: true, force: true }));

const laptop = readTopology(join(cloneFolder, 'topologies', 'laptop.json'), known);
const everything = { services: known.services, integrations: known.integrations, edges: known.edges };

function reading(change: Readonly<Record<string, unknown>>) {
  const file = join(folder, 'grown.json');
  writeFileSync(file, JSON.stringify({ ...laptop, ...change }));
  return readTopology(file, known);
}

describe('a topology of several processes', () => {
  it('is read as it is written', () => {
    const processes = { app: { ...everything, replicas: 2, port: 3001, env: { LOG_LEVEL: 'warn' } } };
    const balancer = { engine: 'haproxy', layer: 7, to: 'app', sticky: true, slowStartMs: 5_000 };
    const grown = { engines: { database: { start: true }, redis: { url: 'env:REDIS_URL' } }, processes, balancer };
    assert.deepEqual(reading(grown), { ...laptop, ...grown });
  });

  for (const [change, message] of [
    [{ engines: { redsi: { start: true } } }, /wrong at \/engines\/redsi: there is no such key/],
    [{ engines: { redis: { start: 'yes' } } }, /wrong at \/engines\/redis\/start/],
    [
      { engines: { redis: { start: true, mode: 'twin' } } },
      /\/engines\/redis\/mode: it must be one of single, sentinel/,
    ],
    [{ processes: {} }, /wrong at \/processes/],
    [{ processes: { App: {} } }, /wrong at \/processes\/App/],
    [{ processes: { app: { replicas: 0 } } }, /wrong at \/processes\/app\/replicas/],
    [{ processes: { app: { edges: ['shop'] } } }, /names "shop" among its edges of the process app.*use api, web/],
    [{ processes: { app: { env: { port: '1' } } } }, /wrong at \/processes\/app\/env\/port/],
    [{ sessions: 'cookie' }, /wrong at \/sessions: it must be one of postgres, redis, memory/],
    [{ bus: 'rabbit' }, /wrong at \/bus: it must be one of log, kafka/],
    [{ balancer: { engine: 'haproxy', layer: 5, to: 'app' } }, /wrong at \/balancer\/layer: it must be one of 4, 7/],
    [{ balancer: { engine: 'haproxy', layer: 7 } }, /wrong at \/balancer: to is missing/],
  ] as const) {
    it(`is refused with ${JSON.stringify(change)}`, () => {
      assert.throws(() => reading(change), { name: 'SetupFault', message });
    });
  }
});

describe('what a topology leaves out', () => {
  it('is one process on PostgreSQL alone', () => {
    assert.deepEqual(processesOf(laptop), []);
    assert.deepEqual(choicesOf(laptop), {
      ...{ sessions: 'postgres', rateLimits: 'memory', cartCopies: 'none' },
      ...{ bus: 'log', search: 'embedded', orderStatus: 'embedded', discovery: 'static', leaders: 'together' },
    });
  });

  it('is limits counted in the Redis that several processes have', () => {
    const engines = { redis: { start: true } } as const;
    const limitsOf = (change: Partial<Topology>) => choicesOf({ ...laptop, ...change }).rateLimits;
    assert.deepEqual(
      [limitsOf({ engines }), limitsOf({ engines, processes: { app: {} } }), limitsOf({ processes: { app: {} } })],
      ['memory', 'redis', 'memory'],
    );
  });

  it('of growing is how patient it is', () => {
    const grow = { max: 3, underWay: 16, restMs: 1 };
    const read = reading({ processes: { search: { services: ['search'], grow } } });
    const [search] = processesOf(read);
    assert.deepEqual(search?.grow, { ...grow, growAfterMs: 3_000, shrinkAfterMs: 60_000 });
    assert.deepEqual(
      [replicasOf(read), reservesOf(read)].map((all) => all.map(({ name }) => name)),
      [['search-1'], ['search-2', 'search-3']],
    );
  });

  it('is one replica of a process, or one for each of its hosts', () => {
    const processes = {
      app: { services: ['cart'] },
      pay: { services: ['payments'], hosts: ['10.0.0.5', 'env:PAY_HOST'] },
    };
    assert.deepEqual(
      replicasOf({ processes }).map(({ name }) => name),
      ['app-1', 'pay-1', 'pay-2'],
    );
    assert.deepEqual(
      hostsOf({ processes }, 'cart').map(({ name }) => name),
      ['app'],
    );
  });
});

describe('addresses', () => {
  const processes = {
    app: { replicas: 2, port: 3001 },
    free: { replicas: 2 },
    pay: { hosts: ['10.0.0.5', 'env:PAY_HOST'], port: 4000 },
  };

  it('of peers follow from ports and hosts; a port that is not given is not guessed', () => {
    assert.deepEqual(peersOf({ processes }, { PAY_HOST: 'pay.example' }), {
      'app-1': 'http://127.0.0.1:3001',
      'app-2': 'http://127.0.0.1:3002',
      'pay-1': 'http://10.0.0.5:4000',
      'pay-2': 'http://pay.example:4000',
    });
  });

  it('may come from the environment, and say where they are missed', () => {
    assert.equal(addressFrom('redis://db', {}, 'x'), 'redis://db');
    assert.equal(addressFrom('env:REDIS_URL', { REDIS_URL: ' redis://db ' }, 'x'), 'redis://db');
    assert.throws(() => addressFrom('env:REDIS_URL', { REDIS_URL: '' }, 'engines/redis/url'), {
      name: 'SetupFault',
      message: /takes engines\/redis\/url from REDIS_URL, which is not set/,
    });
  });

  it('of engines: what was started, else what is named, else a sentence', () => {
    const started = { redis: 'redis://127.0.0.1:9' };
    const named = { redis: { url: 'redis://db' }, kafka: { start: true } } as const;
    assert.equal(engineAddress({ engines: named }, 'redis', {}, {}), 'redis://db');
    assert.equal(engineAddress({ engines: { redis: { start: true } } }, 'redis', started, {}), 'redis://127.0.0.1:9');
    assert.throws(() => engineAddress({ engines: named }, 'kafka', {}, {}), /started by `jangteo up`/);
    assert.throws(() => engineAddress({}, 'consul', {}, {}), /names no engine consul/);
  });
});
