import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { stripVTControlCharacters } from 'node:util';
import { SetupFault } from '../../fault.ts';

/** Where servers lie that a user's PATH may leave out. */
const SYSTEM_PATH = [
  '/usr/sbin',
  '/usr/local/sbin',
  '/sbin',
  '/usr/local/bin',
  '/opt/homebrew/bin',
  '/usr/local/go/bin',
];
const LAST_LINES = 5;

/** The program's file, undefined where it is not installed. */
export function programOnPath(name: string): string | undefined {
  const folders = [...(process.env.PATH ?? '').split(delimiter), ...SYSTEM_PATH];
  return folders.map((folder) => join(folder, name)).find((file) => existsSync(file));
}

/** Runs an installation's program to its end, with low priority. Throws a SetupFault with what it said at last. */
export async function runTool(
  command: readonly [string, ...string[]],
  where: { readonly folder: string; readonly env?: Readonly<Record<string, string>> },
): Promise<string> {
  const child = spawn('nice', ['-n', '10', ...command], {
    cwd: where.folder,
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...process.env, ...where.env },
  });
  let [answer, said] = ['', ''];
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    answer += text;
    said += text;
  });
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    said += text;
  });
  const code = await new Promise((resolve) =>
    child.once('error', ({ message }) => resolve(message)).once('close', resolve),
  );
  if (code === 0) return answer;
  const last = stripVTControlCharacters(said).trim().split('\n').slice(-LAST_LINES).join('\n');
  throw new SetupFault(`${command[0]} ${command[1] ?? ''} failed (${code}).\n${last}`);
}
