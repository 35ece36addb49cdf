import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { stockForRounds } from './at-rest.ts';
import { hasGo, WITHOUT_GO } from './linearizability.ts';
import { crashRounds } from './rounds.ts';
import { shopProcess } from './shop-process.ts';

/** `npm run crash -- --rounds 20 --seed 7`: kills a shop of its own as often as one likes; exits with 1 when it broke a promise. */
const { values } = parseArgs({
  options: {
    rounds: { type: 'string', default: '20' },
    seed: { type: 'string', default: String(Date.now() % 1_000_000) },
    shoppers: { type: 'string', default: '24' },
  },
});
const [rounds = 0, seed = 0, shoppers = 0] = [values.rounds, values.seed, values.shoppers].map(Number);
const isWhole = [rounds, seed, shoppers].every((each) => Number.isSafeInteger(each) && each >= 0);
const checks = hasGo();

if (!isWhole || rounds === 0 || shoppers === 0) {
  console.error('--rounds, --seed and --shoppers are whole numbers: npm run crash -- --rounds 20 --seed 7');
  process.exitCode = 1;
} else if (!checks && process.env.CI === 'true') {
  console.error(WITHOUT_GO);
  process.exitCode = 1;
} else process.exitCode = await run();

async function run(): Promise<number> {
  const again = `npm run crash -- --rounds ${rounds} --seed ${seed} --shoppers ${shoppers}`;
  console.log(again);
  const shop = await shopProcess();
  const started = performance.now();
  const historyFile = checks ? join(import.meta.dirname, '..', '..', '.jangteo', 'crash', 'history.jsonl') : undefined;
  try {
    await shop.open();
    await stockForRounds(shop);
    await crashRounds(shop, { rounds, seed, shoppers, roundsPerStage: 5, historyFile, say: console.log });
    console.log(`${rounds} rounds in ${Math.round((performance.now() - started) / 1_000)} s, all promises kept.`);
    if (!checks) console.log(WITHOUT_GO);
    return 0;
  } catch (error) {
    console.error(error);
    console.error(`What the shop said last:\n${shop.said().slice(-4_000)}\nAgain: ${again}`);
    return 1;
  } finally {
    await shop.remove();
  }
}
