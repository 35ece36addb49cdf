import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';

const PROGRAM = join(import.meta.dirname, 'upstream-program-harness.ts');

export interface TestUpstream {
  readonly name: string;
  readonly origin: string;
  signal(what: NodeJS.Signals): void;
  /** Resolves with its exit code or the signal that ended it. */
  ended(): Promise<number | string>;
  /** Starts it anew on its port. */
  restart(): Promise<void>;
}

export interface Pem {
  readonly cert: string;
  readonly key: string;
}

/** Starts `a`, `b`, … as processes of their own, on ports from `port` on; with a certificate each they end TLS themselves. */
export async function startUpstreams(port: number, names: readonly string[], pems: readonly Pem[] = []) {
  const each = await Promise.all(names.map((name, index) => startUpstream(name, port + index, pems[index])));
  return {
    each,
    named: (name: string) => each.find((one) => one.name === name) as TestUpstream,
    origins: each.map(({ origin }) => origin),
    async stop() {
      for (const one of each) one.signal('SIGKILL');
      await Promise.all(each.map((one) => one.ended()));
    },
  };
}

async function startUpstream(name: string, port: number, pem: Pem | undefined): Promise<TestUpstream> {
  const secure = pem === undefined ? [] : ['--cert', pem.cert, '--key', pem.key];
  let child: ChildProcess;
  let end: Promise<number | string>;
  const start = async () => {
    child = spawn(process.execPath, [PROGRAM, '--port', String(port), '--name', name, ...secure], {
      stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
    });
    end = once(child, 'exit').then(([code, signal]) => (code ?? signal) as number | string);
    await once(child, 'message');
  };
  await start();
  return {
    name,
    origin: `${pem === undefined ? 'http' : 'https'}://127.0.0.1:${port}`,
    signal: (what) => void child.kill(what),
    ended: () => end,
    restart: start,
  };
}
