import { type ChildProcess, spawn } from 'node:child_process';
import { randomInt } from 'node:crypto';
import { createConnection, createServer } from 'node:net';
import { fileURLToPath } from 'node:url';
import { type Clock, type Random, sleep } from '../platform/clock/port.ts';
import { backoffMs } from '../platform/resilience/retry.ts';
import type { Logger } from '../platform/telemetry/port.ts';
import { SetupFault } from './fault.ts';

export interface ProgramOptions {
  readonly name: string;
  /** The program's file; it listens on 127.0.0.1 at the port that follows `--port`. */
  readonly entry: string;
  readonly args: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
  readonly port?: number;
  readonly clock: Clock;
  readonly random: Random;
  readonly logger: Logger;
}

/** A program beside the shop, restarted whenever it ends. */
export interface Program {
  readonly url: string;
  /** Resolves when it first answers. Throws a SetupFault when it does not come up. */
  readonly ready: Promise<void>;
  stop(): Promise<void>;
}

const READY_MS = 30_000;
const POLL_MS = 20;
const STOP_MS = 2_000;
const BACKOFF = { firstMs: 100, mostMs: 5_000 };
const GUARD = fileURLToPath(new URL('./child-guard.ts', import.meta.url));

/** Starts a program of its own process group (the terminal's Ctrl-C never reaches it) on a free port of loopback. */
export async function startProgram(options: ProgramOptions): Promise<Program> {
  const port = options.port ?? (await freePort());
  const stopping = new AbortController();
  let child: ChildProcess | undefined;
  let failures = 0;

  const run = async () => {
    while (!stopping.signal.aborted) {
      child = launch(options, port);
      const startedAt = options.clock.now();
      await new Promise((resolve) => child?.once('exit', resolve).once('error', resolve));
      if (stopping.signal.aborted) return;
      failures = options.clock.now() - startedAt > BACKOFF.mostMs ? 1 : failures + 1;
      options.logger.warn({ program: options.name, failures }, 'a program ended and is started again');
      await sleep(options.clock, backoffMs(failures, options.random, BACKOFF), stopping.signal);
    }
  };
  const running = run();
  return {
    url: `http://127.0.0.1:${port}`,
    ready: untilListening(options.name, port, stopping.signal),
    async stop() {
      stopping.abort();
      child?.kill('SIGTERM');
      const force = setTimeout(() => child?.kill('SIGKILL'), STOP_MS);
      await running;
      clearTimeout(force);
    },
  };
}

function launch(options: ProgramOptions, port: number): ChildProcess {
  const child = spawn(process.execPath, ['--import', GUARD, options.entry, '--port', String(port), ...options.args], {
    detached: true,
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
    env: { ...process.env, ...options.env },
  });
  child.unref();
  child.channel?.unref();
  return child;
}

/** Below what systems hand out to clients: a port of theirs is soon somebody's who only connects, before a program that starts takes it. */
const PORTS = { from: 10_000, to: 20_000 };
const given = new Set<number>();

/** A port of loopback that nobody uses now and that was not given before. Throws when there is none. */
export async function freePort(): Promise<number> {
  for (let tried = 0; tried < PORTS.to - PORTS.from; tried++) {
    const port = randomInt(PORTS.from, PORTS.to);
    if (given.has(port) || !(await isFree(port))) continue;
    given.add(port);
    return port;
  }
  throw new SetupFault(`No port is free between ${PORTS.from} and ${PORTS.to}: end what uses them.`);
}

/** Whether nobody listens there on loopback just now. */
export function isFree(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const probe = createServer();
    probe.once('error', () => resolve(false));
    probe.listen(port, '127.0.0.1', () => probe.close(() => resolve(true)));
  });
}

/** Resolves when the program answers, or when nobody waits for it any more. */
async function untilListening(name: string, port: number, stopped: AbortSignal): Promise<void> {
  const deadline = performance.now() + READY_MS;
  while (performance.now() < deadline) {
    if (stopped.aborted || (await answers(port))) return;
    await new Promise((resolve) => setTimeout(resolve, POLL_MS));
  }
  throw new SetupFault(`The program ${name} did not start: what it said stands above.`);
}

function answers(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = createConnection({ port, host: '127.0.0.1' });
    socket.once('connect', () => resolve(true)).once('error', () => resolve(false));
    socket.once('connect', () => socket.destroy());
  });
}
