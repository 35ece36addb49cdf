import type { Clock } from '../clock/port.ts';
import { ConflictFault, type EventStore } from '../event-store/port.ts';
import type { Storage } from '../storage/port.ts';
import type { Admissions, DirectCase } from './port.ts';
import { caseOf, hospitalCases, newDirectCase, writeCase } from './records.ts';

export interface AdmissionsOptions {
  readonly store: Pick<EventStore, 'decide'>;
  readonly storage: Pick<Storage, 'documents'>;
  readonly clock: Clock;
}

/** The admissions of one service. They need no open hospital: whoever opens it finds the case. */
export function admissions({ store, storage, clock }: AdmissionsOptions): Admissions {
  const read = async (id: string): Promise<DirectCase | undefined> => {
    const found = (await storage.documents(hospitalCases, 0, [id])).get(id);
    return found && (caseOf(found.body) as DirectCase);
  };

  return {
    admitting: (admission) => [writeCase(newDirectCase(admission, clock.now()), 0)],
    async admit(admission) {
      const opened = newDirectCase(admission, clock.now());
      const known = await read(opened.id);
      if (known !== undefined) return known;
      try {
        await store.decide({ intents: [], documents: [writeCase(opened, 0)] });
        return opened;
      } catch (fault) {
        const rival = fault instanceof ConflictFault ? await read(opened.id) : undefined;
        if (rival === undefined) throw fault;
        return rival;
      }
    },
  };
}
