import { parseArgs } from 'node:util';
import type { Topology } from '../../src/composition/topology.ts';
import { openDrill } from './drill.ts';
import { startDrillShop } from './drill-shop.ts';
import { type Fault, linksOf } from './fault.ts';
import { row, tableOf } from './table.ts';

/** `npm run faults -- --topology microservices --fault kafka,redis --rounds 3`: exits with 1 when a promise was broken. */
interface Table {
  readonly faults: readonly Fault[];
  readonly adapt?: (topology: Topology) => Topology;
}

const TABLES: Readonly<Record<string, () => Promise<Table>>> = {
  'scale-out': () => import('./scale-out.ts'),
  sessions: () => import('./sessions.ts'),
  microservices: () => import('./microservices.ts'),
};

const { values } = parseArgs({
  options: {
    topology: { type: 'string', default: 'microservices' },
    fault: { type: 'string' },
    rounds: { type: 'string', default: '1' },
    seed: { type: 'string', default: String(Date.now() % 1_000_000) },
    log: { type: 'boolean', default: false },
  },
});
const [rounds, seed] = [Number(values.rounds), Number(values.seed)];
const table = await TABLES[values.topology]?.();
const asked = values.fault?.split(',');
const chosen = table?.faults.filter(
  ({ of, name }) => asked?.some((each) => each === of || name.includes(each)) ?? true,
);

if (table === undefined || chosen === undefined)
  refuse(`There is no drill for the topology "${values.topology}": choose from ${Object.keys(TABLES).join(', ')}.`);
else if (chosen.length === 0)
  refuse(
    `No fault is called "${values.fault}": choose from ${[...new Set(table.faults.map(({ of }) => of))].join(', ')}.`,
  );
else if (!Number.isSafeInteger(rounds) || rounds < 1 || !Number.isSafeInteger(seed) || seed < 0)
  refuse('--rounds and --seed are whole numbers: npm run faults -- --rounds 3 --seed 7');
else process.exitCode = await run(chosen);

function refuse(why: string): void {
  console.error(why);
  process.exitCode = 1;
}

async function run(faults: readonly Fault[]): Promise<number> {
  console.log(`npm run faults -- --topology ${values.topology} --rounds ${rounds} --seed ${seed}`);
  const shop = await startDrillShop(values.topology, linksOf(faults), {
    ...(values.log && { hear: (line: string) => console.error(line) }),
    ...(table?.adapt && { adapt: table.adapt }),
  });
  let broken = 0;
  for (const told of ['SIGINT', 'SIGTERM'] as const)
    process.once(told, () => void shop.stop().finally(() => process.exit(1)));
  try {
    const drill = await openDrill(shop, { seed });
    console.log(tableOf([]));
    for (let round = 1; round <= rounds; round++) {
      for (const fault of faults) {
        const began = shop.said.length;
        try {
          const drilled = await drill.run(fault);
          await shop.verify();
          console.log(row(drilled));
        } catch (error) {
          broken += 1;
          console.log(`${fault.name}: BROKEN`);
          console.error((error as Error).message);
          console.error(
            `What the shop said meanwhile:\n${shop.said.slice(began).filter(isTelling).slice(-40).join('\n')}`,
          );
        }
      }
    }
  } finally {
    await shop.stop();
  }
  console.log(broken === 0 ? 'All promises kept.' : `${broken} faults broke a promise.`);
  return broken === 0 ? 0 : 1;
}

/** Warnings and errors, and what programs write that log nothing. */
function isTelling(line: string): boolean {
  return !/"level":(10|20|30),/.test(line);
}
