import type { CacheSpace } from './port.ts';

const NAME = /^[\w.-]+$/;
const MOST_ENTRY_BYTES = 1024 ** 2;

/** A space with its defaults. Throws a RangeError for a name that is none. */
export function checkedSpace({ name, mostEntryBytes = MOST_ENTRY_BYTES }: CacheSpace): Required<CacheSpace> {
  if (!NAME.test(name)) throw new RangeError(`"${name}" is no name of a cache: letters, digits, ".", "_" and "-"`);
  return { name, mostEntryBytes };
}

/** Throws a RangeError unless `ttlMs` is a time that something can be kept for. */
export function checkTtl(ttlMs: number): void {
  if (!Number.isSafeInteger(ttlMs) || ttlMs < 1)
    throw new RangeError(`a cache keeps for whole ms from 1, not ${ttlMs}`);
}
