import type { JsonObject } from '../../kernel/json.ts';
import type { Outcome } from '../../kernel/outcome.ts';
import { seededRandom } from '../clock/seeded.ts';
import { systemClock } from '../clock/system.ts';
import { openEventStore } from '../event-store/open.ts';
import type { EventStore } from '../event-store/port.ts';
import type { Storage } from '../storage/port.ts';
import type { SubscriptionSpec } from '../subscriptions/port.ts';
import { treatmentOf } from '../subscriptions/treatment.ts';
import { note, notes } from '../subscriptions/two-services-spec.ts';
import { silentLogger } from '../telemetry/silent.ts';
import { openHospital } from './hospital.ts';
import { type CaseAction, failureOf, type Hospital, type KeptEvent } from './port.ts';
import { rehearsedStore } from './rehearsal.ts';
import { openWard } from './ward.ts';

/** A storage that the hospital's suite runs on: with the hearer's collections, named `hearer`. */
export interface OpenedStorage {
  readonly storage: Storage;
  drop(): Promise<void>;
}

/** A service with a hospital: it notes numbers down, and cannot handle those in `ill`. */
export interface Clinic {
  readonly storage: Storage;
  readonly store: EventStore;
  readonly hospital: Hospital;
  readonly ill: Set<number>;
  /** What handlers were asked to handle, in order. */
  readonly heard: readonly number[];
  /** Opens a case for the first number and lets the others wait behind it. Answers its id. */
  admitted(subject: string, ...numbers: number[]): Promise<string>;
  noted(subject: string): Promise<number[]>;
  close(): Promise<void>;
}

const SCHEMA = { type: 'object', properties: { n: { type: 'integer' } }, required: ['n'], additionalProperties: false };

/** Opens the service as a process would that just started. */
export async function openClinic(
  storage: Storage,
  wishes: {
    readonly on?: (n: number, store: EventStore) => Promise<void>;
    readonly actions?: Readonly<Record<string, CaseAction>>;
  } = {},
): Promise<Clinic> {
  const common = { clock: systemClock, random: seededRandom(3), logger: silentLogger };
  const store = rehearsedStore(await openEventStore({ storage, aggregates: [notes], owner: 'clinic', ...common }));
  const ill = new Set<number>();
  const heard: number[] = [];
  const spec: SubscriptionSpec = {
    name: 'listening',
    source: 'teller',
    on: {
      async Said({ subject, data }) {
        const n = Number(data.n);
        heard.push(n);
        await wishes.on?.(n, store);
        if (ill.has(n)) throw new Error(`cannot take ${n}`);
        return note(subject, n);
      },
    },
  };
  const events = { Said: { version: 1, data: SCHEMA } };
  const treatment = treatmentOf(spec, { store, clock: systemClock, events });
  const treatments = (name: string) => (name === spec.name ? treatment : undefined);
  const hospital = openHospital({ store, storage, treatments, actions: wishes.actions ?? {}, ...common });
  const ward = openWard(storage, spec.name);
  let position = 0;
  const saying = (subject: string, n: number): KeptEvent => {
    position++;
    const data: JsonObject = { n };
    const traceparent = `00-${'1'.repeat(32)}-${'2'.repeat(16)}-01`;
    return {
      ...{
        source: 'teller',
        type: 'Said',
        data,
        subject,
        version: position,
        at: systemClock.now(),
        partition: 0,
        position,
      },
      ...{ metadata: { traceparent }, schemaVersion: 1 },
    };
  };

  return {
    ...{ storage, store, hospital, ill, heard },
    async admitted(subject, first = 0, ...behind) {
      await ward.reload();
      const failure = failureOf(new Error(`cannot take ${first}`), 1, systemClock.now());
      const writes = ward.admit(saying(subject, first), failure);
      await store.decide({ intents: [], documents: writes.documents });
      writes.committed();
      const parked = ward.park(behind.map((n) => saying(subject, n)));
      await store.decide({ intents: [], documents: parked.documents });
      return writes.opened.id;
    },
    async noted(subject) {
      const events = await store.history(notes as never, subject);
      return events.map(({ data }) => Number(data.n));
    },
    async close() {
      await hospital.close();
      await store.close();
    },
  };
}

/** What was done. Throws when it was not. */
export function answered<Answer>(outcome: Outcome<Answer>): Answer {
  if (outcome.kind === 'done') return outcome.answer;
  throw new Error(`not done: ${JSON.stringify(outcome)}`);
}

/** Why it was refused. Throws when it was not. */
export function codeOf(outcome: Outcome<unknown>): string {
  if (outcome.kind === 'rejected') return outcome.rejection.code;
  throw new Error(`not refused: ${JSON.stringify(outcome)}`);
}
