import type { EventMetadata } from '../../kernel/heard-event.ts';
import type { Rejection } from '../../kernel/rejection.ts';
import type { Intent } from '../event-store/aggregate.ts';
import type { EventStore, Work } from '../event-store/port.ts';
import type { Effects } from './port.ts';

/** What one event comes to; undefined when it does nothing here. */
export interface Entry {
  readonly effects: Effects | undefined;
  /** Kept with the events that the effects cause. */
  readonly metadata: EventMetadata;
}

export type EffectsOutcome =
  | { readonly ok: true }
  /** Nothing was written: an intent of the entry with this index was refused. */
  | { readonly ok: false; readonly entry: number; readonly rejection: Rejection };

/**
 * Writes the effects of several events, and what belongs to them, in one commit, all or nothing. Intents that are refused
 * with a harmless code are left out; any other refusal vetoes the commit, for the case that it becomes must be written in
 * the same commit as the position. Throws what `decide` throws.
 */
export async function commitEffects(
  store: Pick<EventStore, 'decide'>,
  entries: readonly Entry[],
  harmless: ReadonlySet<string>,
  beside: Pick<Work, 'documents' | 'position' | 'committed'>,
): Promise<EffectsOutcome> {
  let intents = entries.flatMap(({ effects, metadata }, entry) =>
    (effects?.intents ?? []).map((intent) => ({ entry, intent: { ...intent, metadata } satisfies Intent })),
  );
  const documents = [...entries.flatMap(({ effects }) => effects?.documents ?? []), ...(beside.documents ?? [])];
  for (;;) {
    const decided = await store.decide({
      intents: intents.map(({ intent }) => intent),
      documents,
      ...(beside.position === undefined ? {} : { position: beside.position }),
      committed() {
        for (const { effects } of entries) effects?.committed?.();
        beside.committed?.();
      },
    });
    if (decided.ok) return { ok: true };
    const refused = intents[decided.index];
    if (refused === undefined) throw new Error(`the store refused intent ${decided.index} of ${intents.length}`);
    if (!harmless.has(decided.rejection.code)) {
      return { ok: false, entry: refused.entry, rejection: decided.rejection };
    }
    intents = intents.filter((each) => each !== refused);
  }
}
