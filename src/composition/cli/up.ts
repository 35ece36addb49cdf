import type { Command } from 'commander';
import { readSettings, type Settings, topologyFile } from '../settings.ts';
import type { Topology } from '../topology.ts';
import { boundHeapGrowth } from './heap-growth.ts';
import { untilTold } from './until-told.ts';
import { type UpView, upView } from './up-view.ts';

interface Options {
  readonly json?: boolean;
  readonly acceptLoss?: boolean;
}

/** A shop that is open, in whatever way. */
interface OpenShop {
  readonly url: string;
  stop(): Promise<void>;
}

export function registerUp(program: Command): void {
  program
    .command('up')
    .argument('[topology]', 'a name in topologies/, or a file; default: JANGTEO_TOPOLOGY, or the laptop')
    .description('start the shop and keep it open until Ctrl-C')
    .option('--json', 'tell progress and logs as JSON lines')
    .option('--accept-loss', 'go on with databases that have lost what they had acknowledged')
    .action(async (name: string | undefined, options: Options) => {
      const started = performance.now();
      const view = upView(options.json === true);
      const stopping = new AbortController();
      const forced = new AbortController();
      const closed = Promise.withResolvers<void>();
      untilTold(
        (why) => {
          view.say(why === 'SIGINT' ? 'Stopping (Ctrl-C again forces) …' : `Stopping (${why}) …`);
          stopping.abort();
        },
        () => {
          view.say('Stopped by force; the next start recovers.');
          view.end();
          forced.abort();
          process.exit(1);
        },
      );
      stopping.signal.addEventListener('abort', () => closed.resolve(), { once: true });
      try {
        const shop = await open(settingsFor(name), { view, options, signal: stopping.signal, force: forced.signal });
        if (shop === undefined) return;
        const seconds = ((performance.now() - started) / 1000).toFixed(1);
        view.say(`Jangteo is open at ${shop.url} (up in ${seconds} s).`);
        const keptOpen = setInterval(() => undefined, 60_000);
        await closed.promise;
        clearInterval(keptOpen);
        await shop.stop();
        view.say('Closed.');
      } finally {
        view.end();
      }
    });
}

function settingsFor(name: string | undefined): Settings {
  const settings = readSettings(process.env);
  return name === undefined ? settings : { ...settings, topology: topologyFile(name) };
}

interface Opening {
  readonly view: UpView;
  readonly options: Options;
  readonly signal: AbortSignal;
  readonly force: AbortSignal;
}

/** One process with everything, or a process for each part that the topology names. */
async function open(settings: Settings, opening: Opening): Promise<OpenShop | undefined> {
  const [{ known }, { readTopology }, { checkTopology }] = await Promise.all([
    import('../registry.ts'),
    import('../topology.ts'),
    import('../topology/contradictions.ts'),
  ]);
  const topology = readTopology(settings.topology, known);
  checkTopology(topology, known);
  if (topology.processes !== undefined) return openProcesses(settings, topology, opening);
  boundHeapGrowth();
  const { startShop } = await import('../shop.ts');
  const { view, options, signal } = opening;
  const { databasePrefix } = settings;
  return startShop({
    ...{ settings, say: view.say, signal, acceptLoss: options.acceptLoss === true },
    ...(databasePrefix !== undefined && { databasePrefix }),
  });
}

async function openProcesses(settings: Settings, topology: Topology, { view, options, signal, force }: Opening) {
  const { superviseShop } = await import('../supervisor/supervised-shop.ts');
  const { replicasOf } = await import('../topology/processes.ts');
  const names = replicasOf(topology).map(({ name }) => name);
  return superviseShop({
    ...{ settings, topology, say: view.say, ...view.watch(names), signal, force, env: process.env },
    acceptLoss: options.acceptLoss === true,
  });
}
