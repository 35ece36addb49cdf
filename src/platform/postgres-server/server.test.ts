import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { setTimeout as pause } from 'node:timers/promises';
import pg from 'pg';
import { serverAccount } from './account.ts';
import { packagedBinaries } from './binaries.ts';
import { socketFolderFor } from './launch.ts';
import type { PostgresServer, PostgresServerOptions } from './port.ts';
import { isAlive, readPostmaster } from './postmaster.ts';
import { startPostgres } from './server.ts';

const isRoot = process.getuid?.() === 0;

describe('our own PostgreSQL', { concurrency: false }, () => {
  let root: string;
  let options: PostgresServerOptions;
  const said: string[] = [];

  before(() => {
    root = mkdtempSync(join(tmpdir(), 'jangteo-postgres-'));
    chmodSync(root, 0o711);
    options = {
      folder: join(root, 'postgres'),
      binaries: packagedBinaries(),
      openFolder: join(root, 'open'),
      settings: { shared_buffers: '16MB' },
      say: (line) => said.push(line),
    };
  });
  after(() => rmSync(root, { recursive: true, force: true }));

  const data = () => join(options.folder, 'data');
  const count = (server: PostgresServer) =>
    withClient(server.url, async (client) => (await client.query('select count(*)::int as n from kept')).rows[0].n);

  test('is made once, durable, and closed to everybody without the password', async () => {
    const server = await startPostgres(options);
    await withClient(server.url, async (client) => {
      await client.query('create table kept (n int)');
      await client.query('insert into kept values (1)');
      const { rows } = await client.query(
        "select current_setting('fsync') || current_setting('full_page_writes') || current_setting('synchronous_commit') as all",
      );
      assert.equal(rows[0].all, 'ononon');
    });
    for (const withSocket of [true, false]) {
      const url = new URL(server.url);
      if (!withSocket) url.searchParams.delete('host');
      const from = 'select inet_client_addr() is null as by_socket';
      const { rows } = await withClient(url.href, (client) => client.query(from));
      assert.equal(rows[0].by_socket, withSocket);
      url.password = 'wrong';
      await assert.rejects(
        withClient(url.href, async () => undefined),
        { code: '28P01' },
      );
    }
    assert.notEqual(new URL(server.url).port, '');
    assert.equal(statSync(join(options.folder, 'password')).mode & 0o777, 0o600);
    await server.stop();
    assert.equal(existsSync(join(data(), 'postmaster.pid')), false);
  });

  test('has its socket in its data folder, unless that cannot be an address', () => {
    assert.equal(socketFolderFor('/home/sun/장터/.jangteo/postgres/data'), '/home/sun/장터/.jangteo/postgres/data');
    assert.equal(socketFolderFor(`/home/${'long/'.repeat(16)}data`), '');
    assert.equal(socketFolderFor('/home/one,two/data'), '');
  });

  test('keeps its data and its port over a restart', async () => {
    const port = readFileSync(join(options.folder, 'port'), 'utf8').trim();
    const server = await startPostgres(options);
    assert.equal(new URL(server.url).port, port);
    assert.equal(await count(server), 1);
    await server.stop();
  });

  test('takes another port when somebody has its own', async () => {
    const port = Number(readFileSync(join(options.folder, 'port'), 'utf8'));
    const squatter = createServer().listen(port, '127.0.0.1');
    await once(squatter, 'listening');
    const server = await startPostgres(options);
    squatter.close();
    assert.notEqual(Number(new URL(server.url).port), port);
    assert.equal(await count(server), 1);
    await server.stop();
  });

  test('is taken over when the program that started it was killed', async () => {
    const module = new URL('./server.ts', import.meta.url).href;
    const source = `const { startPostgres } = await import(${JSON.stringify(module)});
      await startPostgres({ ...JSON.parse(process.env.OPTIONS), say() {} });
      process.kill(process.pid, 'SIGKILL');`;
    const { say: _, ...plain } = options;
    const env = { ...process.env, OPTIONS: JSON.stringify(plain) };
    const program = spawn(process.execPath, ['--input-type=module', '-e', source], { env, stdio: 'inherit' });
    await once(program, 'exit');
    const left = readPostmaster(data());
    assert.ok(left !== undefined && isAlive(left.pid), 'the server outlives its program');

    said.length = 0;
    const server = await startPostgres(options);
    assert.equal(readPostmaster(data())?.pid, left.pid);
    assert.match(said.join(), /Taking over/);
    assert.equal(await count(server), 1);
    await server.stop();
    assert.equal(isAlive(left.pid), false);
  });

  test('is not deceived by the pid of somebody else', async () => {
    writeFileSync(join(data(), 'postmaster.pid'), `${process.pid}\n${data()}\n0\n1\n\n\n0 0\nready   \n`);
    const server = await startPostgres(options);
    assert.equal(await count(server), 1);
    await server.stop();
  });

  test('is not deceived by the socket of a killed server, whose pid is somebody else’s', async () => {
    const port = readFileSync(join(options.folder, 'port'), 'utf8').trim();
    const lock = join(data(), `.s.PGSQL.${port}.lock`);
    // Of the user that the server runs as: of others it knows that they are no server of its own.
    const stranger = spawn('sleep', ['60'], { ...serverAccount(), stdio: 'ignore' });
    await once(stranger, 'spawn');
    writeFileSync(lock, `${stranger.pid}\n${data()}\n0\n${port}\n${data()}\n\n`, { mode: 0o644 });
    const server = await startPostgres(options);
    stranger.kill();
    assert.equal(await count(server), 1);
    await server.stop();
  });

  test('comes back by itself when it is killed', async () => {
    const server = await startPostgres(options);
    const killed = readPostmaster(data())?.pid ?? 0;
    process.kill(killed, 'SIGKILL');
    const deadline = Date.now() + 20_000;
    for (;;) {
      const found = await count(server).catch(() => undefined);
      if (found === 1 && readPostmaster(data())?.pid !== killed) break;
      assert.ok(Date.now() < deadline, 'the server did not come back');
      await pause(100);
    }
    await server.stop();
  });

  test('refuses data of another major version in one sentence', async () => {
    const file = join(data(), 'PG_VERSION');
    const version = readFileSync(file, 'utf8');
    writeFileSync(file, '12\n');
    await assert.rejects(startPostgres(options), {
      name: 'PostgresServerFault',
      message: /PostgreSQL 12.*JANGTEO_HOME/,
    });
    writeFileSync(file, version);
  });

  test('of root goes to a folder that its user may enter, and closed parents stay closed', {
    skip: !isRoot,
  }, async () => {
    const closed = join(root, 'closed');
    said.length = 0;
    const inside = { ...options, folder: join(closed, 'postgres') };
    mkdirSync(closed, { mode: 0o700 });
    const server = await startPostgres(inside);
    assert.match(said.join('\n'), /its data go to/);
    assert.ok(existsSync(join(options.openFolder, 'data', 'PG_VERSION')));
    assert.equal(statSync(closed).mode & 0o777, 0o700);
    await server.stop();
  });
});

async function withClient<Result>(url: string, work: (client: pg.Client) => Promise<Result>): Promise<Result> {
  const client = new pg.Client({ connectionString: url });
  client.on('error', () => undefined);
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}
