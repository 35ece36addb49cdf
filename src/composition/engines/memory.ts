import type { Clock, Random } from '../../platform/clock/port.ts';
import { type MemoryStorage, memoryStorage } from '../../platform/storage/memory.ts';
import type { Engines } from './engines.ts';

/** Engines of this process's memory. What was kept stays through `close`, so that a composition can be killed and made anew. */
export function memoryEngines(options: {
  readonly clock: Clock;
  readonly random: Random;
  readonly partitions?: number;
}): Engines {
  const { clock, random, partitions = 4 } = options;
  const storages = new Map<string, MemoryStorage>();
  const storageOf = (service: string): MemoryStorage => {
    const storage = storages.get(service) ?? memoryStorage({ name: service, partitions, clock });
    storages.set(service, storage);
    return storage;
  };
  return {
    clock,
    random,
    storageFor: async ({ service }) => storageOf(service),
    feedOf: async ({ service, published = [] }) => storageOf(service).outbox(published),
    close: async () => undefined,
  };
}
