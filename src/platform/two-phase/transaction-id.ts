import type { Random } from '../clock/port.ts';

/**
 * A global transaction's name: `<coordinator>.<epoch>.<time><random>`, at most 64 bytes, for that is what XA allows. Every branch
 * carries it, so that a coordinator finds its own branches in a resource that it shares with others.
 */
export interface TransactionId {
  readonly coordinator: string;
  readonly epoch: number;
  /** In ms. */
  readonly startedAt: number;
}

const NAME = /^[a-z][a-z0-9-]{0,19}$/;
const TRANSACTION = /^([a-z][a-z0-9-]{0,19})\.(\d{1,10})\.([0-9a-z]{9})[0-9a-f]{20}$/;
const TIME_DIGITS = 9;
const RANDOM_BYTES = 10;

/** Throws unless the text can name a coordinator or a resource. */
export function assertName(name: string): void {
  if (!NAME.test(name)) throw new Error(`"${name}" is no name: 1 to 20 lower case letters, digits and dashes`);
}

/** A new name that tells the coordinator, its epoch and when it began (`now` in ms), so that a sweep knows whose a branch is. */
export function newTransactionId(coordinator: string, epoch: number, now: number, random: Random): string {
  const time = now.toString(36).padStart(TIME_DIGITS, '0');
  return `${coordinator}.${epoch}.${time}${Buffer.from(random.bytes(RANDOM_BYTES)).toString('hex')}`;
}

/** The parts of a transaction's name, undefined when it is none of ours. */
export function parseTransactionId(text: string): TransactionId | undefined {
  const [, coordinator, epoch, time] = TRANSACTION.exec(text) ?? [];
  if (coordinator === undefined || epoch === undefined || time === undefined) return undefined;
  return { coordinator, epoch: Number(epoch), startedAt: Number.parseInt(time, 36) };
}

/** Whether a branch belongs to a coordinator of the name, of whatever epoch. */
export function isOf(coordinator: string, transaction: string): boolean {
  return parseTransactionId(transaction)?.coordinator === coordinator;
}
