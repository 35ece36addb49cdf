import type { Storage } from '../storage/port.ts';
import { UnavailableFault } from './port.ts';

/** SQLSTATE classes that are a fault of the program that asked, not of a storage that is away. */
const OURS = /^(22|23|42)/;

/**
 * The same storage, whose reads throw an UnavailableFault while it cannot be reached: who was asking is told to ask again, and an
 * event whose handler reads is not blamed for it.
 */
export function reachable(storage: Storage): Storage {
  const saying =
    <Args extends readonly unknown[], Value>(read: (...args: Args) => Promise<Value>) =>
    async (...args: Args): Promise<Value> => {
      try {
        return await read(...args);
      } catch (cause) {
        throw isOurs(cause) ? cause : new UnavailableFault('the storage cannot be read just now', { cause });
      }
    };
  return {
    ...storage,
    readStreams: saying(storage.readStreams),
    readFeed: saying(storage.readFeed),
    heads: saying(storage.heads),
    documents: saying(storage.documents),
    query: saying(storage.query),
    idempotencyRecords: saying(storage.idempotencyRecords),
    positions: saying(storage.positions),
  };
}

function isOurs(cause: unknown): boolean {
  if (cause instanceof TypeError || cause instanceof RangeError) return true;
  const { code } = (cause ?? {}) as { readonly code?: unknown };
  return typeof code === 'string' && OURS.test(code);
}
