import { type ChildProcess, spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { type Clock, type Random, sleep } from '../../platform/clock/port.ts';
import { backoffMs } from '../../platform/resilience/retry.ts';
import { SetupFault } from '../fault.ts';
import { newestLines, readLines } from './lines.ts';
import { type HeardLine, type ProgramState, READY, type Supervised } from './port.ts';

export interface ProgramPlan {
  readonly name: string;
  /** A TypeScript or JavaScript file; it says `ready` by its channel (`process.send`). */
  readonly entry: string;
  readonly args: readonly string[];
  readonly env: NodeJS.ProcessEnv;
}

export interface Supervision {
  readonly clock: Clock;
  readonly random: Random;
  /** Hears every line that the program writes. */
  readonly heard: (line: HeardLine) => void;
  /** Told whenever the status has changed. */
  readonly changed: () => void;
  /** Default: 100 ms to 5 s. */
  readonly backoff?: { readonly firstMs: number; readonly mostMs: number };
  /** How long it may take to end by itself. Default 30 s. */
  readonly graceMs?: number;
}

const BACKOFF = { firstMs: 100, mostMs: 5_000 };
const GRACE_MS = 30_000;
const SHOWN_LINES = 15;
/** What is still in a dead program's pipes is awaited this long: what it had started may hold them open. */
const LAST_WORDS_MS = 500;
const GUARD = fileURLToPath(new URL('../child-guard.ts', import.meta.url));

/**
 * Keeps a program of its own process group running (the terminal's Ctrl-C never reaches it): started again after a jittered pause
 * that grows while it keeps ending. One that never became ready is not started again: its first start is somebody's to put right.
 */
export function supervise(plan: ProgramPlan, supervision: Supervision): Supervised {
  const { clock, random, heard, changed, backoff = BACKOFF, graceMs = GRACE_MS } = supervision;
  const stopping = new AbortController();
  const first = Promise.withResolvers<void>();
  first.promise.catch(() => undefined);
  const last = newestLines(SHOWN_LINES);
  let [state, since, wasReady]: [ProgramState, number, boolean] = ['starting', clock.now(), false];
  let [starts, restarts] = [0, 0];
  let child: ChildProcess | undefined;

  const enter = (next: ProgramState) => {
    if (next !== 'stopping') since = clock.now();
    state = next;
    changed();
  };
  const hear = (stream: HeardLine['stream']) => (text: string) => {
    last.add(text);
    heard({ program: plan.name, stream, text });
  };

  async function runOnce(): Promise<string> {
    const started = launch(plan);
    child = started;
    starts += 1;
    // Until it is ready again, it is only being started again.
    if (state === 'restarting') changed();
    else enter('starting');
    started.on('message', (message) => {
      if (message !== READY || state === 'running') return;
      wasReady = true;
      if (child === started && !stopping.signal.aborted) enter('running');
      first.resolve();
    });
    const words = [started.stdout, started.stderr].map((stream, index) =>
      stream === null ? undefined : readLines(stream, hear(index === 0 ? 'stdout' : 'stderr')),
    );
    const how = await endOf(started);
    child = undefined;
    if (wasReady && !stopping.signal.aborted) startAgain();
    await Promise.race([Promise.all(words), sleep(clock, LAST_WORDS_MS)]);
    return how;
  }

  function startAgain(): void {
    restarts = starts;
    enter('restarting');
  }

  async function run(): Promise<void> {
    let failures = 0;
    while (!stopping.signal.aborted) {
      const startedAt = clock.now();
      const how = await runOnce();
      if (stopping.signal.aborted) break;
      if (!wasReady) {
        enter('failed');
        return first.reject(neverReady(plan.name, how, last.all()));
      }
      failures = clock.now() - startedAt > backoff.mostMs ? 1 : failures + 1;
      if (restarts < starts) startAgain();
      const pauseMs = backoffMs(failures, random, backoff);
      hear('stderr')(`${plan.name} ended (${how}) and is started again in ${Math.round(pauseMs)} ms.`);
      await sleep(clock, pauseMs, stopping.signal);
    }
    enter('stopped');
    first.reject(new SetupFault(`${plan.name} was stopped before it was ready.`));
  }
  const running = run();

  return {
    status: () => ({ name: plan.name, state, restarts, since, ...(child?.pid !== undefined && { pid: child.pid }) }),
    ready: first.promise,
    async stop() {
      stopping.abort();
      if (child !== undefined) enter('stopping');
      child?.kill('SIGTERM');
      const insist = clock.after(graceMs, () => killGroup(child));
      await running;
      insist();
    },
    kill() {
      stopping.abort();
      killGroup(child);
    },
  };
}

function launch({ entry, args, env }: ProgramPlan): ChildProcess {
  const child = spawn(process.execPath, ['--import', GUARD, entry, ...args], {
    detached: true,
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
    env,
  });
  child.unref();
  child.channel?.unref();
  return child;
}

/** Resolves when a program has ended, with how. */
function endOf(child: ChildProcess): Promise<string> {
  return new Promise((resolve) => {
    child.once('error', (error) => resolve(error.message));
    child.once('exit', (code, signal) => resolve(signal === null ? `exit code ${code}` : `by ${signal}`));
  });
}

function killGroup(child: ChildProcess | undefined): void {
  if (child?.pid === undefined) return;
  try {
    process.kill(-child.pid, 'SIGKILL');
  } catch {
    // It is gone already.
  }
}

function neverReady(name: string, how: string, lines: readonly string[]): SetupFault {
  const said =
    lines.length === 0 ? 'It said nothing.' : `Its last lines:\n${lines.map((line) => `  ${line}`).join('\n')}`;
  return new SetupFault(`The process ${name} did not start (${how}). ${said}`);
}
