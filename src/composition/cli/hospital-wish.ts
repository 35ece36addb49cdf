import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { userInfo } from 'node:os';
import type { Command } from 'commander';
import { SetupFault } from '../fault.ts';

/** Which cases, as the options of a command say it. */
export interface Wish {
  readonly service?: string;
  readonly type?: string;
  readonly code?: string;
  readonly subject?: string;
  readonly olderThan?: string;
  readonly every?: boolean;
}

/** Who acts, why, and under which key. */
export interface Acting {
  readonly as?: string;
  readonly note?: string;
  readonly reason?: string;
  readonly key?: string;
  readonly json?: boolean;
}

/** Adds the options by which cases are chosen. */
export function choosing(command: Command): Command {
  return command
    .option('--service <name>', 'only cases of this service')
    .option('--type <type>', 'only this type of event, or kind of report')
    .option('--code <code>', 'only cases that failed with this code')
    .option('--subject <id>', 'only cases about this order, product, …')
    .option('--older-than <age>', 'only cases at least so old: 30m, 4h, 2d');
}

/** Adds the options of an act. */
export function acting(command: Command): Command {
  return command
    .option('--note <text>', 'why; kept in the audit')
    .option('--reason <text>', 'the same as --note')
    .option('--as <name>', 'who acts (default: the name of the account)')
    .option('--key <key>', 'Idempotency-Key: the same one again changes nothing')
    .option('--json', 'answer in JSON');
}

/** The filter as the API takes it, at the time `now` (ms). Throws a SetupFault. */
export function filterOf({ service, type, code, subject, olderThan }: Wish, now: number) {
  return {
    ...(service !== undefined && { service }),
    ...(type !== undefined && { type }),
    ...(code !== undefined && { code }),
    ...(subject !== undefined && { subject }),
    ...(olderThan !== undefined && { openedBefore: now - ageMsOf(olderThan) }),
  };
}

/** The same for a bulk act, which nobody shall set off by leaving something out. Throws a SetupFault. */
export function bulkFilterOf(wish: Wish, now: number) {
  const filter = filterOf(wish, now);
  if (Object.keys(filter).length === 0 && wish.every !== true)
    throw new SetupFault(
      'Name a case, or say which ones with --service, --type, --code, --subject or --older-than; --every means all open cases.',
    );
  return { openedBefore: now, ...filter };
}

/** The headers of an act. */
export function headersOf({ as, key }: Acting): Record<string, string> {
  return { 'jangteo-operator': as ?? accountName(), 'idempotency-key': key ?? randomUUID() };
}

/** In a container the account may have no name. */
function accountName(): string {
  try {
    return userInfo().username;
  } catch {
    return `account ${process.getuid?.() ?? 'unknown'}`;
  }
}

/** A JSON object from a file, `-` for the standard input, or the text itself. Throws a SetupFault. */
export function jsonFrom(source: string): object {
  const text = source.trimStart().startsWith('{') ? source : readText(source);
  try {
    const value: unknown = JSON.parse(text);
    if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value;
  } catch (error) {
    throw new SetupFault(`The data is no JSON (${(error as Error).message}): correct it and try again.`);
  }
  throw new SetupFault('The data must be a JSON object, as `jangteo hospital show` prints it.');
}

function readText(file: string): string {
  try {
    return readFileSync(file === '-' ? 0 : file, 'utf8');
  } catch (error) {
    throw new SetupFault(
      `${file} cannot be read (${(error as Error).message}): name a file, - for the input, or give JSON.`,
    );
  }
}

const UNITS_MS: Readonly<Record<string, number>> = { s: 1_000, m: 60_000, h: 3_600_000, d: 86_400_000 };

function ageMsOf(text: string): number {
  const [, number = '', unit = ''] = /^(\d{1,6})([smhd])$/.exec(text) ?? [];
  const unitMs = UNITS_MS[unit];
  if (unitMs === undefined) throw new SetupFault(`"${text}" is no age: write 30m, 4h or 2d.`);
  return Number(number) * unitMs;
}
