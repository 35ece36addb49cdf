import type { HeardEvent } from '../../kernel/heard-event.ts';
import type { JsonObject } from '../../kernel/json.ts';
import type { Rejection } from '../../kernel/rejection.ts';
import type { Clock } from '../clock/port.ts';
import { type EventSchema, type Intent, streamOf } from '../event-store/aggregate.ts';
import { ConflictFault, type EventStore, UnavailableFault } from '../event-store/port.ts';
import { UnreadableEvent, upcast } from '../event-store/upcast.ts';
import { type DryRun, failureOf, type KeptEvent, refusalOf, type Treatment, unreadableOf } from '../hospital/port.ts';
import { commitEffects } from './commit-effects.ts';
import type { Effects, SubscriptionSpec } from './port.ts';

export interface TreatmentOptions {
  readonly store: Pick<EventStore, 'decide' | 'load'>;
  readonly clock: Clock;
  /** The source's event types with the versions that this release reads: an event may have waited through a release. */
  readonly events: Readonly<Record<string, EventSchema>>;
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
    async dryRun(event, edited) {
      try {
        const effects = await hear(event, edited);
        const intents = await foresee(store, effects?.intents ?? []);
        const documents = (effects?.documents ?? []).map(({ collection, key }) => ({
          collection: collection.name,
          key,
        }));
        const refused = intents.find(({ rejection }) => rejection !== undefined && !harmless.has(rejection.code));
        if (refused?.rejection === undefined) return { wouldSucceed: true, intents, documents };
        return { wouldSucceed: false, failure: refusalOf(refused.rejection, 1, clock.now()), intents, documents };
      } catch (fault) {
        return { wouldSucceed: false, failure: failed(fault), intents: [], documents: [] };
      }
    },
  };
}

/** What the intents would come to now: the rules are asked, in order, and nothing is written. */
async function foresee(store: Pick<EventStore, 'load'>, intents: readonly Intent[]): Promise<DryRun['intents']> {
  const states = new Map<string, unknown>();
  const foreseen: { stream: string; events: readonly string[]; rejection?: Rejection }[] = [];
  for (const { aggregate, id, command } of intents) {
    const stream = streamOf(aggregate, id);
    if (!states.has(stream)) states.set(stream, (await store.load(aggregate, id)).state);
    const decision = aggregate.decider.decide(command, states.get(stream));
    if (!decision.ok) {
      foreseen.push({ stream, events: [], rejection: decision.rejection });
      continue;
    }
    for (const event of decision.events) states.set(stream, aggregate.decider.evolve(states.get(stream), event));
    foreseen.push({ stream, events: decision.events.map(({ type }) => type) });
  }
  return foreseen;
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
