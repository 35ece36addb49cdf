import { setFlagsFromString } from 'node:v8';

/**
 * How much the old part of the heap may grow, in percent of what lived at its last collection, before the next one. V8 lets it grow
 * more than threefold on a machine with much memory, 150 MB of garbage under load; a collection costs CPU for all that lives,
 * so that with growth by half the many collections cost more than the memory is worth.
 */
const HEAP_GROWTH_PERCENT = 100;

/** For a process that keeps services: called before it loads them. */
export function boundHeapGrowth(): void {
  setFlagsFromString(`--heap-growing-percent=${HEAP_GROWTH_PERCENT}`);
}
