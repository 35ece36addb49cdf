import type { Rejection } from '../../kernel/rejection.ts';
import type { Clock } from '../clock/port.ts';
import { type Intent, streamOf } from '../event-store/aggregate.ts';
import { type EventStore, UnavailableFault } from '../event-store/port.ts';
import { UnreadableEvent } from '../event-store/upcast.ts';
import {
  type CaseEffects,
  type DryRun,
  type Failure,
  type Foreseen,
  failureOf,
  type Outward,
  refusalOf,
  unreadableOf,
} from './port.ts';
import { OnlyRehearsing, rehearse } from './rehearsal.ts';

export interface ForeseeOptions {
  readonly store: Pick<EventStore, 'load'>;
  readonly clock: Clock;
}

/** What a handler would come to that is run in a rehearsal. Throws an UnavailableFault. */
export async function foresee(
  handle: () => Promise<CaseEffects | undefined>,
  harmless: ReadonlySet<string>,
  options: ForeseeOptions,
): Promise<DryRun> {
  const outward: Outward[] = [];
  return conclude(await rehearse(outward, () => foreseen(handle, harmless, options)), outward);
}

async function foreseen(
  handle: () => Promise<CaseEffects | undefined>,
  harmless: ReadonlySet<string>,
  { store, clock }: ForeseeOptions,
): Promise<Foreseen> {
  try {
    const effects = await handle();
    const intents = await decided(store, effects?.intents ?? []);
    const documents = (effects?.documents ?? []).map(({ collection, key }) => ({ collection: collection.name, key }));
    const refused = intents.find(({ rejection }) => rejection !== undefined && !harmless.has(rejection.code));
    if (refused?.rejection === undefined) return { wouldSucceed: true, intents, documents };
    return { wouldSucceed: false, failure: refusalOf(refused.rejection, 1, clock.now()), intents, documents };
  } catch (fault) {
    if (fault instanceof UnavailableFault) throw fault;
    const nothing = { wouldSucceed: false, intents: [], documents: [] };
    return fault instanceof OnlyRehearsing ? nothing : { ...nothing, failure: troubleOf(fault, clock.now()) };
  }
}

function troubleOf(fault: unknown, at: number): Failure {
  return fault instanceof UnreadableEvent ? unreadableOf(fault.message, 1, at) : failureOf(fault, 1, at);
}

/** What the intents would come to now: the rules are asked, in order, and nothing is written. */
async function decided(store: Pick<EventStore, 'load'>, intents: readonly Intent[]): Promise<Foreseen['intents']> {
  const states = new Map<string, unknown>();
  const all: { stream: string; events: readonly string[]; rejection?: Rejection }[] = [];
  for (const { aggregate, id, command } of intents) {
    const stream = streamOf(aggregate, id);
    if (!states.has(stream)) states.set(stream, (await store.load(aggregate, id)).state);
    const decision = aggregate.decider.decide(command, states.get(stream));
    if (!decision.ok) {
      all.push({ stream, events: [], rejection: decision.rejection });
      continue;
    }
    for (const event of decision.events) states.set(stream, aggregate.decider.evolve(states.get(stream), event));
    all.push({ stream, events: decision.events.map(({ type }) => type) });
  }
  return all;
}

/** A handler that was stopped on its way out, even when it went on, cannot be said to succeed or to fail. */
function conclude(run: Foreseen, outward: readonly Outward[]): DryRun {
  const stopped = outward.filter(({ done }) => !done);
  const verdict = stopped.length > 0 ? 'cannot_be_foreseen' : run.wouldSucceed ? 'would_succeed' : 'would_fail';
  const sentences = [
    ...run.intents.map(intentSentence),
    ...run.documents.map(({ collection, key }) => `It would write the document ${key} of ${collection}.`),
    ...stopped.map(({ kind, what }) => `It would ${kind === 'call' ? 'call' : 'write'} ${what}, which was not done.`),
    ...(run.failure === undefined ? [] : [`It would fail: ${run.failure.detail} (${run.failure.code}).`]),
    ...(stopped.length === 0 ? [] : ['What comes after that cannot be foreseen.']),
  ];
  const said = sentences.length === 0 ? 'It would change nothing.' : sentences.join(' ');
  return { ...run, wouldSucceed: verdict === 'would_succeed', verdict, outward, said };
}

function intentSentence({ stream, events, rejection }: Foreseen['intents'][number]): string {
  if (rejection !== undefined) return `${stream} would refuse: ${rejection.detail}`;
  return events.length === 0 ? `${stream} would not change.` : `It would append ${events.join(', ')} to ${stream}.`;
}
