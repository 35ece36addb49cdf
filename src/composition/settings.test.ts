import assert from 'node:assert/strict';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import { SetupFault } from './fault.ts';
import { cloneFolder, readSettings } from './settings.ts';

describe('settings', () => {
  test('have a default each', () => {
    const settings = readSettings({});
    assert.equal(settings.home, join(cloneFolder, '.jangteo'));
    assert.equal(settings.port, 8080);
    assert.equal(settings.demo, true);
    assert.equal(settings.databaseUrl, undefined);
  });

  test('come from the environment; an empty variable is an unset one', () => {
    const masterKey = Buffer.alloc(32, 7);
    const settings = readSettings({
      JANGTEO_HOME: '/data/shop',
      PORT: '9000',
      DATABASE_URL: 'postgresql://u:p@db:6000/postgres',
      JANGTEO_MASTER_KEY: masterKey.toString('base64'),
      JANGTEO_DEMO: 'off',
      JANGTEO_PUBLIC_URL: 'https://shop.example/',
      LOG_LEVEL: '',
    });
    assert.equal(settings.home, '/data/shop');
    assert.equal(settings.port, 9000);
    assert.equal(settings.publicUrl, 'https://shop.example');
    assert.equal(settings.databaseUrl, 'postgresql://u:p@db:6000/postgres');
    assert.deepEqual(settings.masterKey, masterKey);
    assert.equal(settings.demo, false);
    assert.equal(settings.logLevel, 'info');
  });

  test('name a topology by its name or by its file', () => {
    const of = (topology: string) => readSettings({ JANGTEO_TOPOLOGY: topology }).topology;
    assert.equal(of(''), join(cloneFolder, 'topologies', 'laptop.json'));
    assert.equal(of('scale-out'), join(cloneFolder, 'topologies', 'scale-out.json'));
    assert.equal(of('./mine.json'), './mine.json');
    assert.equal(of('/etc/shop/mine'), '/etc/shop/mine');
  });

  test('tell a process where the others are', () => {
    const peers = { 'app-1': 'http://127.0.0.1:3001', 'app-2': 'http://127.0.0.1:3002' };
    const settings = readSettings({ JANGTEO_PEERS: JSON.stringify(peers), JANGTEO_TEST_REDIS: 'redis://localhost' });
    assert.deepEqual(settings.peers, peers);
    assert.equal(settings.simulators, undefined);
  });

  for (const [name, value] of [
    ['PORT', 'http'],
    ['PORT', '70000'],
    ['PORT', '80.5'],
    ['JANGTEO_PUBLIC_URL', 'shop.example'],
    ['JANGTEO_PUBLIC_URL', 'https://shop.example/en/'],
    ['JANGTEO_PUBLIC_URL', 'ftp://shop.example'],
    ['DATABASE_URL', 'mysql://db'],
    ['DATABASE_URL', 'db:5432'],
    ['JANGTEO_ADMIN_TOKEN', 'short'],
    ['JANGTEO_MASTER_KEY', 'c2hvcnQ='],
    ['JANGTEO_DEMO', 'yes'],
    ['JANGTEO_TRACE_RATIO', '2'],
    ['LOG_LEVEL', 'loud'],
    ['JANGTEO_HOEM', '/data'],
    ['JANGTEO_PEERS', 'app-1'],
    ['JANGTEO_PEERS', '["http://127.0.0.1:3001"]'],
    ['JANGTEO_ENGINES', '{"redis":6379}'],
    ['JANGTEO_ROLE_PASSWORD_SEED', 'short'],
    ['JANGTEO_DATABASE_PREFIX', 'Shop; drop'],
  ] as const) {
    test(`refuse ${name}=${value} in one sentence that names it`, () => {
      assert.throws(
        () => readSettings({ [name]: value }),
        (error) => error instanceof SetupFault && error.message.startsWith(name) && !error.message.includes('\n'),
      );
    });
  }

  test('never repeat a password that DATABASE_URL holds', () => {
    assert.throws(
      () => readSettings({ DATABASE_URL: 'mysql://u:hunter2@db' }),
      (error: Error) => !error.message.includes('hunter2'),
    );
  });
});

test('which versions of the apps are served is told by platform, and what cannot be read is refused', () => {
  assert.equal(readSettings({}).appVersions, undefined);
  assert.deepEqual(readSettings({ JANGTEO_APP_VERSIONS: 'ios=1.2.0..2.0.1, android=3..3.1' }).appVersions, {
    ios: { minimum: '1.2.0', current: '2.0.1' },
    android: { minimum: '3', current: '3.1' },
  });
  for (const wrong of ['ios=1.2.0', 'windows=1..2', 'ios=1..2;android=1..2', 'ios=1-2'])
    assert.throws(
      () => readSettings({ JANGTEO_APP_VERSIONS: wrong }),
      /JANGTEO_APP_VERSIONS is ".*" but must be pairs/,
    );
});
