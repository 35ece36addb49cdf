import { after, before, describe, it } from 'node:test';
import type { Topology } from '../../src/composition/topology.ts';
import { assertLedgerBalances } from '../crash/shoppers.ts';
import { type Drill, openDrill } from './drill.ts';
import { type DrillShop, startDrillShop } from './drill-shop.ts';
import { type Fault, linksOf } from './fault.ts';
import { row } from './table.ts';

const SEED = 1;

/** Those of a topology's faults that are short, one after another on one shop, each a test; at the end everything is walked. */
export function faultsAsTests(
  topology: string,
  faults: readonly Fault[],
  adapt: (topology: Topology) => Topology = (each) => each,
): void {
  const short = faults.filter(({ isLong = false }) => !isLong);
  let shop: DrillShop;
  let drill: Drill;

  describe(`${topology} with something broken under load`, { concurrency: false }, () => {
    before(async () => {
      shop = await startDrillShop(topology, linksOf(short), { adapt });
      drill = await openDrill(shop, { seed: SEED });
    });
    after(() => shop?.stop());

    for (const fault of short) {
      it(fault.name, async (t) => {
        t.diagnostic(row(await drill.run(fault)));
      });
    }

    it('keeps every invariant through all of that', async () => {
      await assertLedgerBalances(shop);
      await shop.verify();
    });
  });
}
