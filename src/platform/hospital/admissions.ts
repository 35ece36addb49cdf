import type { Clock } from '../clock/port.ts';
import { ConflictFault, type EventStore } from '../event-store/port.ts';
import type { Storage } from '../storage/port.ts';
import type { Admissions, DirectCase } from './port.ts';
import { caseIdOf, caseOf, hospitalCases, newDirectCase, openCase, withAudit, writeCase } from './records.ts';

const CONFLICTS = 20;
const SOON_MS = 2_000;

export interface AdmissionsOptions {
  readonly store: Pick<EventStore, 'decide'>;
  readonly storage: Pick<Storage, 'documents'>;
  readonly clock: Clock;
  /** Told of each case that `admit` opened, and soon after of one that somebody's work may have opened. */
  readonly onAdmitted?: (opened: DirectCase) => void;
}

/** The admissions of one service. They need no open hospital: whoever opens it finds the case. */
export function admissions({ store, storage, clock, onAdmitted }: AdmissionsOptions): Admissions {
  const read = async (id: string): Promise<DirectCase | undefined> => {
    const found = (await storage.documents(hospitalCases, 0, [id])).get(id);
    return found && (caseOf(found.body) as DirectCase);
  };

  return {
    admitting(admission) {
      const opened = newDirectCase(admission, clock.now());
      // The work is not committed yet and may never be: whoever is told looks for himself.
      if (onAdmitted !== undefined) clock.after(SOON_MS, () => onAdmitted(opened));
      return openCase(opened, 0);
    },
    async admit(admission) {
      const opened = newDirectCase(admission, clock.now());
      const known = await read(opened.id);
      if (known !== undefined) return known;
      try {
        await store.decide({ intents: [], documents: openCase(opened, 0) });
        onAdmitted?.(opened);
        return opened;
      } catch (fault) {
        const rival = fault instanceof ConflictFault ? await read(opened.id) : undefined;
        if (rival === undefined) throw fault;
        return rival;
      }
    },
    async note(kind, key, word) {
      const id = caseIdOf(kind, key);
      for (let conflicts = 0; ; conflicts++) {
        const found = (await storage.documents(hospitalCases, 0, [id])).get(id);
        if (found === undefined) return;
        const known = caseOf(found.body);
        if (known.audit.at(-1)?.note === word) return;
        const noted = withAudit(known, { at: clock.now(), by: 'platform', act: 'noted', note: word });
        try {
          await store.decide({ intents: [], documents: [writeCase(noted, found.version)] });
          return;
        } catch (fault) {
          if (!(fault instanceof ConflictFault) || conflicts >= CONFLICTS) throw fault;
        }
      }
    },
  };
}
