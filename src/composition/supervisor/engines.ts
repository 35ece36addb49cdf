import { systemClock, systemRandom } from '../../platform/clock/system.ts';
import { keepAlive } from '../balancers/keep-alive.ts';
import type { EngineName as LocalEngine, RunningEngine } from '../local-engines/port.ts';
import { startEngine } from '../local-engines/start.ts';
import type { Addresses, Environment, Settings } from '../settings.ts';
import { configOf, STARTED_LAST } from '../telemetry/engine-wiring.ts';
import { addressFrom } from '../topology/addresses.ts';
import type { Engine, EngineName } from '../topology/growth.ts';
import type { Topology } from '../topology.ts';
import type { StatusRow } from './status-table.ts';
import { whileTelling } from './while-telling.ts';

/** The engines of a topology other than its database. */
export interface StartedEngines {
  /** Where each of them listens, those that were only named as well. */
  readonly addresses: Addresses;
  /** Those that were started. */
  readonly running: ReadonlyMap<EngineName, RunningEngine>;
  readonly rows: () => readonly StatusRow[];
  stop(): Promise<void>;
}

type Kept = ReturnType<typeof kept>;

interface World {
  readonly home: string;
  readonly env: Environment;
  readonly say: (line: string) => void;
  readonly settings: Pick<Settings, 'smtpUrl' | 'mailFrom'>;
}

/**
 * Starts what the topology wants started, all at once but those that are told where the others listen, waits until it answers, and
 * starts again what dies. Throws a SetupFault with everything stopped again.
 */
export async function startEngines(topology: Topology, world: World): Promise<StartedEngines> {
  const { home, env, say } = world;
  const { engines = {} } = topology;
  const all = Object.entries(engines).filter(([name]) => name !== 'database') as [EngineName, Engine][];
  const named = all.flatMap(([name, { url }]) =>
    url === undefined ? [] : [[name, addressFrom(url, env, `engines/${name}/url`)] as const],
  );
  const wanted = all.filter(([, { start }]) => start === true);
  const started: Kept[] = [];
  const running = new Map<EngineName, RunningEngine>();
  const wiring = { ...world, topology, named: Object.fromEntries(named), started: running };
  const stop = async () => void (await Promise.allSettled(started.map((engine) => engine.stop())));
  for (const wave of [
    wanted.filter(([name]) => !STARTED_LAST.has(name)),
    wanted.filter(([name]) => STARTED_LAST.has(name)),
  ]) {
    const names = wave.map(([name]) => name).join(', ');
    const starting = wave.map(async ([name, engine]) => {
      const each = await startEngine(...asked(name, engine));
      running.set(name, each);
      started.push(kept(name, each, say));
    });
    const outcomes = await whileTelling(say, () => `Starting ${names}`, Promise.allSettled(starting));
    const failed = outcomes.find((outcome) => outcome.status === 'rejected');
    if (failed === undefined) continue;
    await stop();
    throw failed.reason;
  }
  return {
    running,
    addresses: Object.fromEntries([...named, ...started.map(({ name, url }) => [name, url] as const)]),
    rows: () => started.flatMap(({ rows }) => rows()),
    stop,
  };

  function asked(name: EngineName, { mode = 'single', port, memoryMb, settings }: Engine) {
    const local = (name === 'redis' && mode !== 'single' ? `redis-${mode}` : name) as LocalEngine;
    const limits = { ...(port !== undefined && { port }), ...(memoryMb !== undefined && { memoryMb }) };
    const config = configOf(name, wiring);
    const own = { ...(settings && { settings }), ...(config && { config }) };
    return [local, { home, say, endsWithUs: true, ...limits, ...own }] as const;
  }
}

function kept(name: EngineName, running: RunningEngine, say: (line: string) => void) {
  const whole = running.processes().map((process) => process.name);
  const alive = keepAlive({ engine: running, clock: systemClock, random: systemRandom, say });
  return {
    ...{ name, url: running.url },
    rows(): StatusRow[] {
      const processes = running.processes();
      const ended = whole.filter((each) => !processes.some((process) => process.name === each));
      const now = { restarts: alive.restarts(), port: running.ports.main, since: alive.since() };
      if (processes.length === 0) return [{ ...now, name, state: 'restarting' }];
      const shownAs = (process: string) => (process === name ? name : `${name} ${process}`);
      return [
        ...processes.map((each) => ({ ...now, name: shownAs(each.name), state: 'running' as const, pid: each.pid })),
        ...ended.map((each) => ({ ...now, name: shownAs(each), state: 'restarting' as const })),
      ];
    },
    async stop() {
      await alive.stop();
      await running.release();
    },
  };
}
