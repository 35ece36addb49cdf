import assert from 'node:assert/strict';
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { freePort } from '../../src/composition/programs.ts';
import { isAlive, readPostmaster } from '../../src/platform/postgres-server/postmaster.ts';

const program = join(dirname(dirname(import.meta.dirname)), 'bin', 'jangteo.mjs');
const READY_MS = 60_000;

let root: string;
let home: string;
let port: number;
let shop: ChildProcess | undefined;
let said = '';

before(async () => {
  root = mkdtempSync(join(tmpdir(), 'jangteo-launch-'));
  chmodSync(root, 0o711);
  home = join(root, 'home');
  port = await freePort();
});

after(async () => {
  if (shop !== undefined) await stop('SIGKILL');
  const left = readPostmaster(join(home, 'postgres', 'data'));
  if (left !== undefined && isAlive(left.pid)) process.kill(left.pid, 'SIGQUIT');
  rmSync(root, { recursive: true, force: true });
});

describe('a shop on its own PostgreSQL', { concurrency: false }, () => {
  it('opens in an empty folder, says where, and shows its sample catalogue', async () => {
    await open();
    assert.match(said, new RegExp(`Jangteo is open at http://localhost:${port}`));
    assert.match(said, /Admin token/);
    const { items } = await get('/v1/products?limit=1');
    assert.equal(items.length, 1);
  });

  it('lets no second shop into its folder, nor one on its port', async () => {
    const second = await run(['up'], { PORT: String(await freePort()) });
    assert.equal(second.code, 1);
    assert.match(second.said, /^A shop already runs on .*\n$/);
    const elsewhere = await run(['up'], { JANGTEO_HOME: join(root, 'other') });
    assert.match(elsewhere.said, new RegExp(`^Port ${port} is in use: .*\n$`));
  });

  it('answers the command line while it is open', async () => {
    const doctor = await run(['doctor', '--json']);
    assert.equal(JSON.parse(doctor.said).healthy, true, doctor.said);
    const views = await run(['views', '--json']);
    assert.ok(JSON.parse(views.said).length > 0);
    const rebuilt = await run(['views', 'rebuild', 'stock_list']);
    assert.match(rebuilt.said, /Rebuilt: inventory.stock_list/);
    assert.equal((await run(['hospital'])).said, 'The hospital is empty.\n');
  });

  it('is proved sound by verify', async () => {
    const { said: told, code } = await run(['verify', '--json']);
    assert.equal(JSON.parse(told).sound, true, told);
    assert.equal(code, 0);
  });

  it('drains and stops with its PostgreSQL at SIGTERM', async () => {
    const server = readPostmaster(join(home, 'postgres', 'data'))?.pid ?? 0;
    assert.equal(await stop('SIGTERM'), 0);
    assert.match(said, /Closed\./);
    assert.equal(isAlive(server), false);
    assert.equal(existsSync(join(home, 'shop.lock')), false);
  });

  it('loses nothing to kill -9, and takes over the PostgreSQL that was left', async () => {
    await open();
    const token = JSON.parse(readFileSync(join(home, 'secrets.json'), 'utf8')).adminToken;
    await put('/v1/admin/stock/kept-sku', { onHand: 7 }, token);
    await stop('SIGKILL');
    await open();
    assert.match(said, /Taking over the PostgreSQL/);
    assert.doesNotMatch(said, /sample catalogue/);
    const level = await get('/v1/admin/stock/kept-sku', token);
    assert.equal(level.onHand, 7);
    assert.equal((await run(['verify'])).code, 0);
    assert.equal(await stop('SIGINT'), 0);
  });
});

describe('a start that cannot be', () => {
  const refusals: readonly (readonly [string, Record<string, string>, RegExp])[] = [
    ['a wrong port', { PORT: 'http' }, /^PORT is "http".*\n$/],
    ['a wrong setting', { LOG_LEVEL: 'loud' }, /^LOG_LEVEL is "loud".*\n$/],
    ['an unknown setting', { JANGTEO_HOEM: '/data' }, /^JANGTEO_HOEM is not a setting.*\n$/],
    [
      'a database out of reach',
      { DATABASE_URL: 'postgres://x@127.0.0.1:1/x' },
      /^The database at 127.0.0.1:1 .*DATABASE_URL.*\n$/,
    ],
    [
      'a topology that is not there',
      { JANGTEO_TOPOLOGY: '/nowhere.json' },
      /^There is no topology \/nowhere\.json.*\n$/,
    ],
  ];
  for (const [what, env, sentence] of refusals) {
    it(`is told in one sentence: ${what}`, async () => {
      const { said: told, code } = await run(['up'], { JANGTEO_HOME: join(root, 'refused'), PORT: '0', ...env });
      assert.equal(code, 1);
      assert.match(told, sentence);
    });
  }

  it('is told in one sentence: a data folder of a newer version', async () => {
    const newer = join(root, 'newer');
    mkdirSync(newer);
    writeFileSync(join(newer, 'format'), '999\n');
    const { said: told, code } = await run(['up'], { JANGTEO_HOME: newer, PORT: '0' });
    assert.equal(code, 1);
    assert.match(told, /^The data in .* was written by a newer Jangteo.*\n$/);
  });

  it('is told in one sentence: a port that somebody has', async () => {
    const squatter = createServer().listen(0, '127.0.0.1');
    await once(squatter, 'listening');
    const address = squatter.address();
    const taken = typeof address === 'object' ? String(address?.port) : '';
    const { said: told } = await run(['up'], { JANGTEO_HOME: join(root, 'taken'), PORT: taken });
    squatter.close();
    assert.match(told, new RegExp(`^Port ${taken} is in use.*\n$`));
  });
});

function start(args: readonly string[], env: Record<string, string> = {}): ChildProcess {
  return spawn(process.execPath, [program, ...args], {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { PATH: process.env.PATH, JANGTEO_HOME: home, PORT: String(port), LOG_LEVEL: 'error', ...env },
  });
}

async function run(args: readonly string[], env: Record<string, string> = {}) {
  const child = start(args, env);
  let told = '';
  const hear = (chunk: Buffer) => {
    told += chunk;
  };
  child.stdout?.on('data', hear);
  child.stderr?.on('data', hear);
  const [code] = await once(child, 'close');
  return { code, said: told };
}

async function open(): Promise<void> {
  said = '';
  const opened = start(['up']);
  shop = opened;
  const hear = (chunk: Buffer) => {
    said += chunk;
  };
  opened.stdout?.on('data', hear);
  opened.stderr?.on('data', hear);
  const deadline = Date.now() + READY_MS;
  while (!said.includes('is open at')) {
    assert.ok(opened.exitCode === null && Date.now() < deadline, `the shop did not open: ${said}`);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

async function stop(signal: NodeJS.Signals): Promise<number | null> {
  const stopped = shop;
  shop = undefined;
  if (stopped === undefined || stopped.exitCode !== null) return stopped?.exitCode ?? null;
  stopped.kill(signal);
  const [code] = await once(stopped, 'close');
  return code;
}

async function get(path: string, token?: string) {
  const headers: Record<string, string> = token === undefined ? {} : { authorization: `Bearer ${token}` };
  const answer = await fetch(`http://localhost:${port}${path}`, { headers });
  assert.equal(answer.status, 200, path);
  return (await answer.json()) as { items: unknown[]; onHand: number };
}

async function put(path: string, body: object, token: string): Promise<void> {
  const answer = await fetch(`http://localhost:${port}${path}`, {
    method: 'PUT',
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
  assert.equal(answer.status, 200, await answer.text());
}
