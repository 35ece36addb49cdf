import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';

/** Ends a program whose parent has gone. */
const GUARD = join(import.meta.dirname, '..', 'src', 'composition', 'child-guard.ts');

/** A program of the bench that listens, in a process of its own. */
export interface Listening {
  readonly port: number;
  readonly pid: number;
  stop(): Promise<void>;
}

/** Runs a program of this folder to its end and answers the JSON on its last line. Throws when it fails. */
export async function measuredAlone(
  program: string,
  args: readonly string[],
  environment: NodeJS.ProcessEnv = {},
): Promise<unknown> {
  const child = start(program, args, environment);
  let said = '';
  child.stdout?.on('data', (chunk: Buffer) => {
    said += chunk.toString();
  });
  const [code] = await once(child, 'close');
  if (code !== 0) throw new Error(`bench/${program} ended with ${code}`);
  return JSON.parse(said.trimEnd().split('\n').at(-1) ?? '');
}

/** Starts a program of this folder that prints its port. Throws when it ends instead. */
export async function listening(
  program: string,
  args: readonly string[],
  environment: NodeJS.ProcessEnv = {},
): Promise<Listening> {
  const child = start(program, args, environment);
  const said = child.stdout === null ? undefined : once(child.stdout, 'data');
  const ended = once(child, 'exit');
  const first = await Promise.race([said, ended.then(() => undefined)]);
  if (first === undefined) throw new Error(`bench/${program} ended with ${child.exitCode}`);
  return {
    port: Number(String(first[0])),
    pid: child.pid ?? 0,
    async stop() {
      child.kill('SIGKILL');
      await ended;
    },
  };
}

function start(program: string, args: readonly string[], environment: NodeJS.ProcessEnv): ChildProcess {
  const file = join(import.meta.dirname, program);
  return spawn(process.execPath, ['--expose-gc', '--import', GUARD, file, ...args], {
    env: { ...process.env, ...environment },
    stdio: ['ignore', 'pipe', 'inherit', 'ipc'],
  });
}
