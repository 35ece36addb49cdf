import type { ServiceDefinition } from '../../platform/service/port.ts';
import { upcast } from '../../platform/event-store/upcast.ts';
import type { Storage } from '../../platform/storage/port.ts';
import { businessChecks } from './business.ts';
import type { Verdict } from './finding.ts';
import { verifyLog } from './log.ts';
import { refoldAggregate, refoldView } from './views.ts';

/** A service's database, and what is in it. */
export interface Kept {
  readonly definition: ServiceDefinition;
  readonly storage: Storage;
}

/**
 * Walks every log once and proves what must hold: positions and versions are gapless, documents and views equal their events,
 * and the promises of the business. Reads only. What is still on its way between services counts as a violation, so a shop that
 * is at work is asked again (`verifySettled`).
 */
export async function verify(kept: readonly Kept[], say: (line: string) => void): Promise<readonly Verdict[]> {
  const business = businessChecks();
  const verdicts: Verdict[] = [];
  for (const { definition, storage } of kept) {
    const { service } = definition.contract;
    const schemas = Object.assign({}, ...definition.aggregates.map(({ events }) => events));
    say(`Walking the log of ${service} …`);
    const refolds = [
      ...definition.aggregates.map((aggregate) =>
        refoldAggregate(aggregate, aggregate.name === 'stock' ? business.seeStock : undefined),
      ),
      ...definition.views.map((view) => refoldView(view, definition.aggregates)),
    ];
    const log = await verifyLog(storage, (event) => {
      for (const refold of refolds) refold.see(event);
      business.see(service, upcast(schemas, event));
    });
    const documents = await Promise.all(refolds.map((refold) => refold.verdict(storage)));
    verdicts.push(log, ...documents.filter(({ examined, violations }) => examined > 0 || violations.length > 0));
  }
  return [...verdicts, ...business.verdicts()];
}

const ROUNDS = 5;
const PAUSE_MS = 1_000;

/** Verifies, and again while something is violated that may only be on its way: a violation is told when it stays. */
export async function verifySettled(kept: readonly Kept[], say: (line: string) => void): Promise<readonly Verdict[]> {
  for (let round = 1; ; round++) {
    const verdicts = await verify(kept, round === 1 ? say : () => undefined);
    if (round === ROUNDS || verdicts.every(({ violations }) => violations.length === 0)) return verdicts;
    say('Something is not settled; looking again …');
    await new Promise((resolve) => setTimeout(resolve, PAUSE_MS));
  }
}
