import { readFileSync } from 'node:fs';
import type { Command } from 'commander';
import { SetupFault } from '../fault.ts';
import { openHome } from '../home.ts';
import { halt } from '../local-engines/halt.ts';
import { findInstallation, install } from '../local-engines/install/install.ts';
import { instancesOf, placeOf } from '../local-engines/place.ts';
import { type EngineName, engineNames, type StartOptions } from '../local-engines/port.ts';
import { isRunning } from '../local-engines/processes.ts';
import { asEngineName, engineOf } from '../local-engines/registry.ts';
import { startEngine } from '../local-engines/start.ts';
import { readSettings } from '../settings.ts';
import { print } from './print.ts';

interface UpOptions {
  readonly as?: string;
  readonly port?: string;
  readonly memory?: string;
  readonly config?: string;
  readonly set?: readonly string[];
  readonly install: boolean;
}

/** `jangteo engines`: the real engines of development and tests, on this machine. */
export function registerEngines(program: Command): void {
  const engines = program.command('engines').description('real engines on this machine, for development and tests');

  engines
    .command('up')
    .description(`start engines, installing what is missing: ${engineNames.join(', ')}`)
    .argument('<name...>')
    .option('--as <name>', 'the name of a second engine of its kind')
    .option('--port <port>', 'the first of its ports')
    .option('--memory <MB>', 'memory of its heap or cache')
    .option('--config <file>', 'the configuration file of a proxy, collector or monitor')
    .option('--set <name=value...>', 'options of the engine itself')
    .option('--no-install', 'start only what is installed')
    .action(async (names: string[], options: UpOptions) => {
      const wanted = names.map(asEngineName);
      if (wanted.length > 1 && (options.as ?? options.port ?? options.config) !== undefined)
        throw new SetupFault('--as, --port and --config are of one engine: start it by a command of its own.');
      const home = ourHome();
      await eachOf(wanted, (name) => startEngine(name, startOptions(home, options)));
    });

  engines
    .command('down')
    .description('stop engines cleanly; without a name, all of them. Their data are kept')
    .argument('[name...]')
    .action(async (names: string[]) => {
      const home = ourHome();
      const known = instancesOf(home);
      const stranger = names.find((name) => known.every(({ instance }) => instance !== name));
      if (stranger !== undefined && !engineNames.some((name) => name === stranger))
        throw new SetupFault(`No engine ${stranger} is known here: \`jangteo engines status\` lists them.`);
      const chosen = known.filter(({ instance }) => names.length === 0 || names.includes(instance));
      for (const { instance, state } of chosen.filter((each) => each.state.processes.some(isRunning))) {
        await halt(placeOf(home, instance), state);
        console.log(`${instance} is stopped.`);
      }
    });

  engines
    .command('status')
    .description('which engines run here, where they answer, and what is installed')
    .option('--json', 'answer in JSON')
    .action(async (options: { json?: boolean }) => {
      const found = await statusOf(ourHome());
      const word = ({ runs, installed }: Status) => (runs ? 'runs' : installed ? 'stopped' : 'absent');
      print(options, found, () =>
        found.map((each) => `${each.instance.padEnd(16)}${word(each).padEnd(9)}${each.url ?? each.about}`).join('\n'),
      );
    });

  engines
    .command('install')
    .description('install engines for this user, without starting them; without a name, all of them')
    .argument('[name...]')
    .action(async (names: string[]) => {
      const wanted = names.length === 0 ? engineNames : names.map(asEngineName);
      await eachOf(wanted, async (name) => install(await engineOf(name), say));
    });
}

const say = (line: string) => console.error(line);

function ourHome(): string {
  const { home } = readSettings(process.env);
  openHome(home);
  return home;
}

/** One after the other, so that their words do not mix; one that fails keeps no other from being tried. */
async function eachOf(names: readonly EngineName[], action: (name: EngineName) => Promise<unknown>): Promise<void> {
  const faults: string[] = [];
  for (const name of names)
    await action(name).catch((error: unknown) => {
      if (!(error instanceof SetupFault)) throw error;
      faults.push(error.message);
    });
  if (faults.length > 0) throw new SetupFault(faults.join('\n'));
}

function startOptions(home: string, options: UpOptions): StartOptions {
  const config = options.config === undefined ? undefined : readFileSync(options.config, 'utf8');
  return {
    ...{ home, say, install: options.install },
    ...(options.as !== undefined && { instance: options.as }),
    ...(options.port !== undefined && { port: whole(options.port, '--port') }),
    ...(options.memory !== undefined && { memoryMb: whole(options.memory, '--memory') }),
    ...(config !== undefined && { config: () => config }),
    settings: Object.fromEntries((options.set ?? []).map(pair)),
  };
}

function whole(text: string, option: string): number {
  const value = Number(text);
  if (Number.isInteger(value) && value > 0 && value < 65_536) return value;
  throw new SetupFault(`${option} takes a whole number, not ${text}.`);
}

function pair(text: string): [string, string] {
  const at = text.indexOf('=');
  if (at < 1) throw new SetupFault(`--set takes name=value, not ${text}.`);
  return [text.slice(0, at), text.slice(at + 1)];
}

interface Status {
  readonly instance: string;
  readonly about: string;
  readonly installed: boolean;
  readonly runs: boolean;
  readonly url?: string;
  readonly pids: readonly number[];
}

/** Every engine there is, and second ones of their kind. */
async function statusOf(home: string): Promise<readonly Status[]> {
  const known = instancesOf(home);
  const others = engineNames.filter((name) => known.every(({ instance }) => instance !== name));
  const all = [...known, ...others.map((name) => ({ instance: name, state: undefined }))];
  return await Promise.all(
    all.map(async ({ instance, state }) => {
      const engine = await engineOf(state?.name ?? asEngineName(instance));
      const pids = (state?.processes ?? []).filter(isRunning).map(({ pid }) => pid);
      const runs = pids.length > 0;
      return {
        ...{ instance, about: engine.about, installed: findInstallation(engine) !== undefined, runs, pids },
        ...(runs && state !== undefined && { url: state.url }),
      };
    }),
  );
}
