import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, describe, test } from 'node:test';
import { SetupFault } from './fault.ts';
import { keptSecrets, lockHome, openHome, readState, writeState } from './home.ts';

const folders: string[] = [];
after(() => {
  for (const folder of folders) rmSync(folder, { recursive: true, force: true });
});

function freshHome(): string {
  const folder = mkdtempSync(join(tmpdir(), 'jangteo-home-'));
  folders.push(folder);
  return join(folder, 'home');
}

describe('the data folder', () => {
  test('is made at the first start and opened at the next', () => {
    const home = freshHome();
    openHome(home);
    openHome(home);
    assert.ok(existsSync(join(home, 'format')));
  });

  test('of a newer program is refused with the way out', () => {
    const home = freshHome();
    openHome(home);
    writeFileSync(join(home, 'format'), '999\n');
    assert.throws(() => openHome(home), { name: 'SetupFault', message: /newer Jangteo .*update this clone/ });
  });

  test('must be a folder', () => {
    const home = freshHome();
    writeFileSync(home, 'a file');
    assert.throws(() => openHome(home), SetupFault);
  });

  test('keeps its secrets from everybody else, and keeps them', () => {
    const home = freshHome();
    openHome(home);
    const first = keptSecrets(home);
    assert.equal(first.made, true);
    assert.deepEqual(keptSecrets(home), { ...first, made: false });
    assert.equal(statSync(join(home, 'secrets.json')).mode & 0o777, 0o600);
    assert.equal(Buffer.from(first.masterKey, 'base64').length, 32);
  });
});

describe('the lock of the data folder', () => {
  test('lets one shop in at a time, and the next one when it has gone', async () => {
    const home = freshHome();
    openHome(home);
    const release = await lockHome(home);
    await assert.rejects(lockHome(home), { name: 'SetupFault', message: new RegExp(`process ${process.pid}`) });
    release();
    (await lockHome(home))();
  });

  test('is taken over from a shop that died', async () => {
    const home = freshHome();
    openHome(home);
    const dead = spawn(process.execPath, ['--version'], { stdio: 'ignore' });
    await once(dead, 'exit');
    writeFileSync(join(home, 'shop.lock'), `${dead.pid}\n`);
    (await lockHome(home))();
  });

  test('of many starts at once, one wins', async () => {
    const home = freshHome();
    openHome(home);
    const dead = spawn(process.execPath, ['--version'], { stdio: 'ignore' });
    await once(dead, 'exit');
    writeFileSync(join(home, 'shop.lock'), `${dead.pid}\n`);
    const module = new URL('./home.ts', import.meta.url).href;
    const source = `const { lockHome } = await import(${JSON.stringify(module)});
      try { await lockHome(${JSON.stringify(home)}); console.log('won'); setTimeout(() => {}, 60_000); }
      catch { console.log('lost'); }`;
    const starts = [1, 2, 3, 4].map(() => spawn(process.execPath, ['--input-type=module', '-e', source]));
    const said = await Promise.all(starts.map(async (start) => String((await once(start.stdout, 'data'))[0]).trim()));
    for (const start of starts) start.kill('SIGKILL');
    assert.deepEqual(said.sort(), ['lost', 'lost', 'lost', 'won']);
  });

  test('the state is that of a living shop only', async () => {
    const home = freshHome();
    openHome(home);
    assert.equal(readState(home), undefined);
    writeState(home, { pid: process.pid, url: 'http://localhost:1', status: 'running' });
    assert.equal(readState(home)?.url, 'http://localhost:1');
    writeState(home, { pid: 2 ** 22 + 1, url: 'http://localhost:1', status: 'running' });
    assert.equal(readState(home), undefined);
  });
});
