import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { setTimeout as pause } from 'node:timers/promises';
import { dropDatabases } from '../../../test/shop.ts';
import { testServer } from '../../platform/postgres/test-database.ts';
import { keptSecrets, readState } from '../home.ts';
import { readSettings } from '../settings.ts';
import { databasesName } from '../shop-engines.ts';
import type { Topology } from '../topology.ts';
import type { HeardLine } from './port.ts';
import { superviseShop } from './supervised-shop.ts';

/** What a replica is here: it tells what it was told, and when it is asked to end. */
const REPLICA = `
import { appendFileSync, existsSync, writeFileSync } from 'node:fs';
const [, , command, name, , replica] = process.argv;
const folder = process.env.REPLICA_FOLDER;
const own = name + '-' + replica;
if (existsSync(folder + '/' + own + '.refuses')) { console.error('the door is locked'); process.exit(4); }
writeFileSync(folder + '/' + own + '.json', JSON.stringify({ command, pid: process.pid, env: process.env }));
process.on('SIGTERM', () => { appendFileSync(folder + '/ends', own + ' '); setTimeout(() => process.exit(0), 20); });
process.send('ready');
setInterval(() => {}, 1000);
`;

const everything = ['catalog', 'cart'];
const topology: Topology = {
  ...{ name: 'pair', partitions: 1, connectionsPerService: 2 },
  services: { catalog: {}, cart: {} },
  integrations: {},
  engines: { database: { url: 'env:DATABASE_URL' }, redis: { url: 'env:REPLICA_REDIS' } },
  processes: {
    depot: { services: everything },
    app: { replicas: 2, services: everything, edges: ['api', 'web', 'console'], env: { REPLICA_GREETING: 'hello' } },
  },
};

describe('a supervised shop', () => {
  const server = testServer(18);
  const prefix = `t_${randomBytes(5).toString('hex')}`;
  let folder: string;
  before(() => {
    folder = mkdtempSync(join(tmpdir(), 'jangteo-supervised-'));
    chmodSync(folder, 0o711);
    writeFileSync(join(folder, 'replica.mjs'), REPLICA);
  });
  after(async () => {
    rmSync(folder, { recursive: true, force: true });
    await dropDatabases(server, prefix);
  });

  function opening({ acceptLoss = false } = {}) {
    const own = {
      JANGTEO_HOME: join(folder, 'home'),
      PORT: '0',
      DATABASE_URL: server,
      JANGTEO_DATABASE_PREFIX: prefix,
    };
    const [stopping, forcing] = [new AbortController(), new AbortController()];
    const lines: HeardLine[] = [];
    const said: string[] = [];
    const shop = superviseShop({
      ...{ settings: readSettings(own), topology, entry: join(folder, 'replica.mjs') },
      ...{
        acceptLoss,
        say: (line: string) => said.push(line),
        shown: () => undefined,
        heard: (line: HeardLine) => lines.push(line),
      },
      ...{ signal: stopping.signal, force: forcing.signal },
      env: { ...process.env, REPLICA_FOLDER: folder, REPLICA_REDIS: 'redis://there' },
    });
    return { shop, stopping, forcing, lines, said, home: own.JANGTEO_HOME };
  }
  const told = (name: string) =>
    JSON.parse(readFileSync(join(folder, `${name}.json`), 'utf8')) as { pid: number; env: Record<string, string> };

  it('starts every replica with all that it needs, keeps it running, and lets the doors drain first', async () => {
    const { shop, home, lines } = opening();
    const open = await shop;
    assert.ok(open);
    const state = readState(home);
    assert.deepEqual(
      state?.programs?.map(({ name, state: now, restarts }) => [name, now, restarts]),
      [
        ['depot-1', 'running', 0],
        ['app-1', 'running', 0],
        ['app-2', 'running', 0],
      ],
    );

    const [first, second] = [told('app-1').env, told('app-2').env];
    const peers = JSON.parse(first.JANGTEO_PEERS ?? '') as Record<string, string>;
    assert.deepEqual(Object.keys(peers), ['depot-1', 'app-1', 'app-2']);
    assert.equal(peers['app-2'], `http://127.0.0.1:${second.PORT}`);
    assert.equal(open.url, `http://localhost:${first.PORT}`);
    assert.equal(first.JANGTEO_ADMIN_TOKEN, keptSecrets(home).adminToken);
    assert.deepEqual(JSON.parse(first.JANGTEO_ENGINES ?? ''), { redis: 'redis://there' });
    assert.deepEqual([first.DATABASE_URL, first.REPLICA_GREETING], [server, 'hello']);
    assert.equal(told('depot-1').env.REPLICA_GREETING, undefined);
    const homes = ['depot-1', 'app-1', 'app-2'].map((name) => told(name).env.JANGTEO_HOME);
    assert.deepEqual(new Set(homes).size, 3);

    const { pid } = told('app-2');
    process.kill(pid, 'SIGKILL');
    while (told('app-2').pid === pid || readState(home)?.programs?.[2]?.state !== 'running') await pause(10);
    assert.equal(readState(home)?.programs?.[2]?.restarts, 1);
    assert.match(lines.find(({ program }) => program === 'app-2')?.text ?? '', /app-2 ended \(by SIGKILL\)/);

    await open.stop();
    const ends = readFileSync(join(folder, 'ends'), 'utf8').trim().split(' ');
    assert.deepEqual([ends.slice(0, 2).sort(), ends[2]], [['app-1', 'app-2'], 'depot-1']);
    assert.equal(readState(home), undefined);
  });

  it('is not opened when a replica does not start: the others are stopped, and its own words are told', async () => {
    writeFileSync(join(folder, 'depot-1.refuses'), '');
    const { shop, home } = opening();
    await assert.rejects(shop, { name: 'SetupFault', message: /process depot-1 did not start .*the door is locked/s });
    rmSync(join(folder, 'depot-1.refuses'));
    assert.ok(!existsSync(join(home, 'shop.lock')));
    assert.throws(() => process.kill(told('app-1').pid, 0));
  });

  it('is not opened on databases that have lost what a process has seen in them, unless that is accepted', async () => {
    const home = join(folder, 'home');
    const { rolePasswordSeed } = keptSecrets(home);
    const file = join(home, 'processes', 'app-1', 'witness.json');
    mkdirSync(dirname(file), { recursive: true });
    const logs = { cart: { epoch: 'gone', positions: [5] } };
    writeFileSync(file, JSON.stringify({ of: databasesName({ rolePasswordSeed }, server, prefix), logs }));
    await assert.rejects(opening().shop, {
      name: 'SetupFault',
      message: /^The database of cart is not the one that was here before, which had 5 events: .*--accept-loss`\.$/,
    });
    const { shop, said } = opening({ acceptLoss: true });
    await (await shop)?.stop();
    assert.match(said.join('\n'), /Going on without what is lost: the database of cart/);
    assert.deepEqual(JSON.parse(readFileSync(file, 'utf8')).logs, {});
  });

  it('may be given up while it starts', async () => {
    const { shop, stopping, home } = opening();
    stopping.abort();
    assert.equal(await shop, undefined);
    assert.ok(!existsSync(join(home, 'shop.lock')));
  });

  it('ends at once by force', async () => {
    const { shop, forcing } = opening();
    const open = await shop;
    const pids = ['depot-1', 'app-1', 'app-2'].map((name) => told(name).pid);
    forcing.abort();
    await open?.stop();
    for (const pid of pids) assert.throws(() => process.kill(pid, 0));
  });
});
