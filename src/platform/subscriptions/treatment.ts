import { Value } from 'typebox/value';
import type { HeardEvent } from '../../kernel/heard-event.ts';
import type { JsonObject } from '../../kernel/json.ts';
import type { Clock } from '../clock/port.ts';
import type { EventSchema } from '../event-store/aggregate.ts';
import { ConflictFault, type EventStore, UnavailableFault } from '../event-store/port.ts';
import { UnreadableEvent, upcast } from '../event-store/upcast.ts';
import { failureOf, type KeptEvent, refusalOf, type Treatment, unreadableOf } from '../hospital/port.ts';
import { commitEffects } from './commit-effects.ts';
import type { Effects, SubscriptionSpec } from './port.ts';

export interface TreatmentOptions {
  readonly store: Pick<EventStore, 'decide'>;
  readonly clock: Clock;
  /** The source's event types with the versions that this release reads: an event may have waited through a release. `data` is the newest version's schema. */
  readonly events: Readonly<Record<string, EventSchema & { readonly data?: object }>>;
}

/** How the hospital handles an event of a subscription: with the same handler, outside the flow and without its position. */
export function treatmentOf(spec: SubscriptionSpec, options: TreatmentOptions): Treatment {
  const { store, clock, events } = options;
  const harmless = new Set(spec.harmless);

  const hear = async (event: KeptEvent, edited: JsonObject | undefined): Promise<Effects | undefined> => {
    return spec.on[event.type]?.(heardAgain(event, edited, events));
  };
  const failed = (fault: unknown) => {
    if (fault instanceof UnavailableFault) throw fault;
    if (fault instanceof UnreadableEvent) return unreadableOf(fault.message, 1, clock.now());
    return failureOf(fault, 1, clock.now());
  };

  return {
    async attempt(event, edited, documents) {
      let effects: Effects | undefined;
      try {
        effects = await hear(event, edited);
      } catch (fault) {
        return failed(fault);
      }
      try {
        const metadata = { ...event.metadata, causation: `${spec.name}.${event.partition}.${event.position}` };
        const outcome = await commitEffects(store, [{ effects, metadata }], harmless, { documents });
        return outcome.ok ? undefined : refusalOf(outcome.rejection, 1, clock.now());
      } catch (fault) {
        if (fault instanceof ConflictFault) throw fault;
        return failed(fault);
      }
    },
    effects: hear,
    reads({ type, schemaVersion }) {
      const known = Object.hasOwn(events, type) ? events[type] : undefined;
      return known !== undefined && schemaVersion <= known.version;
    },
    harmless,
    misfit(event, data) {
      const schema = events[event.type]?.data;
      if (schema === undefined) return undefined;
      const [error] = Value.Errors(schema, data);
      return error && `${error.instancePath || 'The data'} ${error.message}`;
    },
  };
}

/** The event as the handler hears it today; edited data is in the newest version already. Throws an UnreadableEvent. */
function heardAgain(
  kept: KeptEvent,
  edited: JsonObject | undefined,
  events: Readonly<Record<string, EventSchema>>,
): HeardEvent {
  const { schemaVersion: _, ...event } = kept;
  if (edited !== undefined) return { ...event, data: edited };
  const stored = { ...kept, stream: `/${kept.subject}` };
  return { ...event, data: upcast(events, stored).data };
}
