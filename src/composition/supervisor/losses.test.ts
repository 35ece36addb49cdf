import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, it } from 'node:test';
import type { LogSight } from '../engines/engines.ts';
import { checkLosses } from './losses.ts';

let home: string;
beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), 'jangteo-losses-'));
});
afterEach(() => rmSync(home, { recursive: true, force: true }));

const fileOf = (process: string) => join(home, 'processes', process, 'witness.json');
const sight = (...positions: number[]): LogSight => ({ epoch: 'first', positions });
function saw(process: string, logs: Readonly<Record<string, LogSight>>, of = 'here'): void {
  mkdirSync(dirname(fileOf(process)), { recursive: true });
  writeFileSync(fileOf(process), JSON.stringify({ of, logs }));
}
const remembered = (process: string) => JSON.parse(readFileSync(fileOf(process), 'utf8')).logs;

async function check(now: Readonly<Record<string, LogSight>>, acceptLoss = false) {
  const said: string[] = [];
  const asked: string[] = [];
  const sightOf = async (service: string) => {
    asked.push(service);
    return now[service] ?? assert.fail(`${service} is no service`);
  };
  const services = ['orders', 'payments', 'keyring'];
  await checkLosses({ home, of: 'here', services, sightOf, acceptLoss, say: (line) => said.push(line) });
  return { said, asked };
}

describe('what the processes of a shop have seen', () => {
  it('is held against the databases before they start; nobody who has seen nothing is asked', async () => {
    assert.deepEqual(await check({}), { said: [], asked: [] });
    saw('app-1', { orders: sight(3, 4), retired: sight(9) });
    saw('app-2', { orders: sight(1, 1), keyring: sight(7, 7) }, 'another database');
    assert.deepEqual(await check({ orders: sight(3, 5) }), { said: [], asked: ['orders'] });
  });

  it('is told where it is lost: the most of it, whoever has seen it', async () => {
    saw('app-1', { orders: sight(3, 4) });
    saw('app-2', { orders: sight(5, 6), payments: sight(1) });
    const lost =
      /^The database of orders has lost 3 events .* \(4 to 5 of partition 0, 6 to 6 of partition 1\): .* --accept-loss`\.$/;
    await assert.rejects(check({ orders: sight(3, 5), payments: sight(1) }), { name: 'SetupFault', message: lost });
    await assert.rejects(check({ orders: { epoch: '', positions: [] }, payments: sight(1) }), {
      message: /^The database of orders is not the one that was here before, which had 11 events:/,
    });
  });

  it('is forgotten by all of them where the loss is accepted, and only that', async () => {
    saw('app-1', { orders: sight(3, 4), payments: sight(2) });
    saw('app-2', { orders: sight(5, 6) });
    const now = { orders: sight(3, 3), payments: sight(2) };
    const { said } = await check(now, true);
    assert.deepEqual(said, [
      'Going on without what is lost: the database of orders has lost 5 events that it had safely written (4 to 5 of partition 0, 4 to 6 of partition 1).',
    ]);
    assert.deepEqual([remembered('app-1'), remembered('app-2')], [{ payments: sight(2) }, {}]);
    assert.deepEqual((await check(now)).said, []);
  });
});
