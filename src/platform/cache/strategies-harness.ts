import { jsonCodec } from './codec.ts';
import { memoryCaches } from './memory.ts';
import { type Cache, CacheUnavailable } from './port.ts';

/** A truth and an engine that several processes share, on a clock that the test turns; the engine can be taken away. */
export function sharedWorld() {
  const state = { now: 1_000_000, isAway: false, loads: 0 };
  const truth = new Map<string, string>();
  const kept = memoryCaches({ now: () => state.now })({ name: 'shared' });
  const reach = async <Answer>(ask: () => Promise<Answer>): Promise<Answer> => {
    if (state.isAway) throw new CacheUnavailable('away');
    return ask();
  };
  const cache: Cache = {
    get: (key) => reach(() => kept.get(key)),
    set: (key, value, ttlMs) => reach(() => kept.set(key, value, ttlMs)),
    delete: (key) => reach(() => kept.delete(key)),
  };
  const load = async (key: string) => {
    state.loads++;
    return truth.get(key);
  };
  const options = { cache, codec: jsonCodec<string>(), ttlMs: 1_000, random: { fraction: () => 0 }, load };
  return { state, truth, kept, options };
}

/** Something to wait for. */
export function gate(): { readonly opened: Promise<void>; open(): void } {
  const { promise, resolve } = Promise.withResolvers<void>();
  return { opened: promise, open: resolve };
}
