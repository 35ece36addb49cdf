import type { EventMetadata } from '../../kernel/heard-event.ts';
import type { StoredEvent } from '../storage/port.ts';
import type { AnyAggregate, EventSchema } from './aggregate.ts';
import type { StreamEntry } from './aggregate-cache.ts';
import { NOTHING_SKIPPED, type Outcome, type Pending, type Skipped } from './pending.ts';
import { newestData } from './upcast.ts';

/** How to take a stream back to before a work. */
export interface Undo {
  readonly entry: StreamEntry;
  readonly version: number;
  readonly state: unknown;
}

const NO_METADATA: EventMetadata = Object.freeze({});
const NO_UNDO: readonly Undo[] = Object.freeze([]);

/**
 * Decides a work against the states of its entries and moves them on; later intents see what earlier ones did. A work that
 * is not accepted leaves them as they were. `moved` says what was moved, each stream as often as it was.
 */
export function decideWork({ work, entries }: Pending): { readonly outcome: Outcome; readonly moved: readonly Undo[] } {
  const events: StoredEvent[] = [];
  let skipped: Skipped[] | undefined;
  let moved: Undo[] | undefined;
  const leave = (outcome: Outcome) => {
    for (const { entry, version, state } of (moved ?? []).reverse()) {
      entry.version = version;
      entry.state = state;
    }
    return { outcome, moved: NO_UNDO };
  };
  try {
    for (let index = 0; index < entries.length; index++) {
      const entry = entries[index] as StreamEntry;
      const { decider } = entry.aggregate;
      const decision = decider.decide(work.intents[index]?.command, entry.state);
      if (!decision.ok) {
        if (work.whenRejected !== 'skip') return leave({ kind: 'rejected', rejection: decision.rejection, index });
        skipped ??= [];
        skipped.push({ index, rejection: decision.rejection });
        continue;
      }
      if (decision.events.length === 0) continue;
      let state = entry.state;
      let version = entry.version;
      for (const { type, data } of decision.events) {
        const schema = schemaOf(entry.aggregate, type);
        const { writes = schema.version } = schema;
        state = decider.evolve(state, { type, data: newestData(schema, writes, data) });
        events.push({
          partition: entry.partition,
          stream: entry.stream,
          version: ++version,
          type,
          schemaVersion: writes,
          data,
          metadata: work.intents[index]?.metadata ?? work.metadata ?? NO_METADATA,
          position: 0,
          at: 0,
        });
      }
      moved ??= [];
      moved.push({ entry, version: entry.version, state: entry.state });
      entry.version = version;
      entry.state = state;
    }
  } catch (error) {
    return leave({ kind: 'fault', fault: error instanceof Error ? error : new Error(String(error)) });
  }
  return { outcome: { kind: 'accepted', events, skipped: skipped ?? NOTHING_SKIPPED }, moved: moved ?? NO_UNDO };
}

function schemaOf(aggregate: AnyAggregate, type: string): EventSchema {
  const schema = Object.hasOwn(aggregate.events, type) ? aggregate.events[type] : undefined;
  if (schema === undefined) throw new Error(`${aggregate.name} decided ${type}, which is not among its event types`);
  return schema;
}
