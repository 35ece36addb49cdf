import { spawn, spawnSync } from 'node:child_process';
import { join } from 'node:path';

/** What the checker says of a history. */
export interface Linearity {
  readonly operations: number;
  readonly stocks: number;
  readonly orders: number;
  /** What no order of events can explain. */
  readonly violations: readonly string[];
  /** What could not be told in time. */
  readonly undecided: readonly string[];
}

/** What to say where the checker cannot run. */
export const WITHOUT_GO =
  'Linearizability was NOT checked: there is no Go on this machine (install it: apt-get install golang-go).';

/** Whether this machine has Go. */
export function hasGo(): boolean {
  return spawnSync('go', ['version']).status === 0;
}

/** Checks a history file with Porcupine. Throws with the checker's last words when it cannot run. */
export async function checkLinearity(file: string): Promise<Linearity> {
  const child = spawn('go', ['run', '.', file], {
    cwd: join(import.meta.dirname, 'linearizability'),
    env: { ...process.env, GOFLAGS: '-mod=readonly', GOTOOLCHAIN: 'local' },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let told = '';
  let complaint = '';
  child.stdout.on('data', (chunk: Buffer) => {
    told += chunk.toString();
  });
  child.stderr.on('data', (chunk: Buffer) => {
    complaint += chunk.toString();
  });
  await new Promise((resolve, reject) => child.once('close', resolve).once('error', reject));
  if (!told.startsWith('{')) throw new Error(`the linearizability checker did not run: ${complaint}`);
  return JSON.parse(told) as Linearity;
}
