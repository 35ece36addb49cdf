import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { join } from 'node:path';
import type { Plant } from './plants.ts';

/** What a hunt may take of the machine's time before it counts as stuck. */
const MOST_MS = 240_000;

/** Runs the simulation with the bug in the shop, in a process of its own, and asserts that it is found within its bound, by the invariant that is to find it. */
export async function assertFound({ name, finds, within }: Plant): Promise<void> {
  const args = [join(import.meta.dirname, 'simulate.ts'), '--plant', name, '--seeds', `${within}`];
  const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'], timeout: MOST_MS });
  const parts: Buffer[] = [];
  child.stdout.on('data', (part: Buffer) => parts.push(part));
  await new Promise((resolve) => child.once('close', resolve));
  const printed = Buffer.concat(parts).toString();
  assert.match(printed, /fails:/);
  assert.match(printed, finds);
}
