import type { ReadStream } from '../edges/console/order-log.ts';
import type { Part } from './part.ts';

/** Reads the streams of the services at work here. A service or a kind of stream that is not here has none. */
export function streamsOf(parts: readonly Pick<Part, 'name' | 'definition' | 'store'>[]): ReadStream {
  return async ({ service, aggregate: wanted, id }, newest) => {
    const part = parts.find(({ name }) => name === service);
    const aggregate = part?.definition.aggregates.find(({ name }) => name === wanted);
    if (part === undefined || aggregate === undefined) return { events: [], isWhole: true };
    if (newest === undefined) return { events: await part.store.history(aggregate, id), isWhole: true };
    const { version } = await part.store.load(aggregate, id);
    const after = Math.max(0, version - newest);
    return { events: await part.store.history(aggregate, id, after), isWhole: after === 0 };
  };
}
