import type { DocumentWrite, Storage } from '../storage/port.ts';
import type { MessageCase, Ward } from './port.ts';
import { caseOf, hospitalCases, newCase, openCase, writeCase, writeWaiting } from './records.ts';

interface Bed {
  readonly case: MessageCase;
  readonly version: number;
}

/** A ward is read in one query: with two, a case that is released in between could hide the one that takes its place. */
const MOST_CASES = 10_000;

/** The ward of a subscription; empty until it is reloaded. */
export function openWard(documents: Pick<Storage, 'query'>, subscription: string): Ward {
  let beds = new Map<string, Bed>();

  return {
    async reload() {
      const found = await documents.query({
        collection: hospitalCases,
        generation: 0,
        where: { subscription, held: 1 },
        order: 'ascending',
        limit: MOST_CASES,
      });
      beds = new Map(
        found.map(({ body, version }) => {
          const opened = caseOf(body) as MessageCase;
          return [opened.subject, { case: opened, version }];
        }),
      );
    },
    holds: (subject) => beds.has(subject),
    size: () => beds.size,
    park(events) {
      const after = new Map<string, Bed>();
      const documents: DocumentWrite[] = [];
      for (const event of events) {
        const bed = after.get(event.subject) ?? beds.get(event.subject);
        if (bed === undefined) throw new Error(`nothing of ${event.subject} is in the hospital`);
        after.set(event.subject, { ...bed, case: { ...bed.case, waiting: bed.case.waiting + 1 } });
        documents.push(writeWaiting(subscription, event));
      }
      for (const bed of after.values()) documents.push(writeCase(bed.case, bed.version));
      return {
        documents,
        committed() {
          for (const [subject, bed] of after) beds.set(subject, { ...bed, version: bed.version + 1 });
        },
      };
    },
    admit(event, failure) {
      const opened = newCase(subscription, event, failure, 'platform');
      return {
        opened,
        documents: openCase(opened),
        committed: () => void beds.set(opened.subject, { case: opened, version: 1 }),
      };
    },
  };
}
