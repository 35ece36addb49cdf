import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { after, it } from 'node:test';
import { topologyFile } from '../../src/composition/settings.ts';
import { admin, eventually } from '../scenarios/api.ts';
import { shopProcess } from './shop-process.ts';
import { sells, stockForCrowds } from './shoppers.ts';

/** A second for the witnesses to look, and some more. */
const SEEN_MS = 2_500;

const shop = await shopProcess();
after(() => shop.remove());

it('several processes on an older copy of their databases: the start says what is lost, and goes on when told to', async () => {
  const { balancer: _balancer, ...apart } = JSON.parse(readFileSync(topologyFile('scale-out'), 'utf8'));
  const topology = join(dirname(shop.home), 'apart.json');
  writeFileSync(topology, JSON.stringify({ ...apart, name: 'apart' }));
  const copy = join(dirname(shop.home), 'copy');
  const sold = async () => (await admin(shop, 'GET', '/v1/admin/stock/towel-1')).sold as number;

  await shop.open(topology);
  await stockForCrowds(shop, 20);
  await eventually(() => sells(shop), Boolean);
  await eventually(sold, (count) => count > 0);
  await shop.end('SIGTERM');
  execFileSync('cp', ['-a', shop.data(), copy]);

  await shop.open(topology);
  const before = await sold();
  for (let n = 0; n < 3; n++) assert.ok(await sells(shop));
  await eventually(sold, (count) => count === before + 3);
  await new Promise((resolve) => setTimeout(resolve, SEEN_MS));
  await shop.end('SIGTERM');
  execFileSync('rm', ['-rf', shop.data()]);
  execFileSync('cp', ['-a', copy, shop.data()]);

  const { code, said } = await shop.run(['up', topology]);
  assert.equal(code, 1, said);
  assert.match(
    said,
    /^The database of \w+ has lost \d+ events? that it had safely written \(\d+ to \d+ of partition \d/m,
  );
  assert.match(said, /`npx jangteo up --accept-loss`\.\n$/);

  const opened = await shop.open(topology, '--accept-loss');
  assert.match(opened, /Going on without what is lost: the database of orders has lost/);
  assert.equal(await sold(), before);
  await eventually(() => sells(shop), Boolean);
  // Whole in itself; only the processor still knows of what was lost.
  const verified = await shop.run(['verify', '--json'], { JANGTEO_TOPOLOGY: topology });
  const { verdicts } = JSON.parse(verified.said);
  const violated = verdicts.filter(({ violations }: { violations: unknown[] }) => violations.length > 0);
  assert.deepEqual(
    violated.map(({ check, violations }: { check: string; violations: unknown[] }) => [check, violations.length]),
    [['the card processor has booked each movement once, as the payments say', 3]],
  );
  await shop.end('SIGTERM');
  assert.doesNotMatch(await shop.open(topology), /lost/);
  await shop.end('SIGTERM');
});
