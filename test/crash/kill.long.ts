import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { cartWith, checkout } from '../scenarios/api.ts';
import { stockForRounds } from './at-rest.ts';
import { hasGo, WITHOUT_GO } from './linearizability.ts';
import { crashRounds } from './rounds.ts';
import { type ShopProcess, shopProcess } from './shop-process.ts';

/** `npm run crash -- --rounds 50` looks longer. */
const ROUNDS = 3;

const folder = mkdtempSync(join(tmpdir(), 'jangteo-rounds-'));
let shop: ShopProcess;
before(async () => {
  shop = await shopProcess();
  await shop.open();
  await stockForRounds(shop);
});
after(async () => {
  await shop?.remove();
  rmSync(folder, { recursive: true, force: true });
});

describe('kill -9 of the shop, its PostgreSQL and its simulators under load', { concurrency: false }, () => {
  it(`loses nothing that was acknowledged and sells nothing twice, ${ROUNDS} times`, async (t) => {
    const historyFile = hasGo() ? join(folder, 'history.jsonl') : undefined;
    if (historyFile === undefined) t.diagnostic(WITHOUT_GO);
    // The shop, then PostgreSQL and the shop while it recovers, then the postmaster.
    const plan = { rounds: ROUNDS, seed: 1, roundsPerStage: ROUNDS, shoppers: 16, historyFile };
    const { confirmed } = await crashRounds(shop, { ...plan, say: (line) => t.diagnostic(line) });
    assert.ok(confirmed > 0, 'nothing was sold');
  });

  it('lets who was refused buy with another card, in the same cart', async () => {
    const cart = await cartWith(shop, { 'teapot-1': 1 });
    assert.equal((await checkout(shop, cart, { paymentToken: 'tok_declined' })).status, 402);
    await shop.end('SIGKILL');
    await shop.open();
    assert.equal((await checkout(shop, cart)).status, 201);
  });
});
