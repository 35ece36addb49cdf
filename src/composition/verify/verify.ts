import type { cardProcessor } from '../../contracts/card-processor.ts';
import type { Client } from '../../kernel/contract.ts';
import { upcast } from '../../platform/event-store/upcast.ts';
import type { ServiceDefinition } from '../../platform/service/port.ts';
import type { Storage } from '../../platform/storage/port.ts';
import { businessChecks } from './business.ts';
import { copyChecks } from './copies.ts';
import type { Verdict } from './finding.ts';
import { holdChecks } from './holds.ts';
import { ledgerCheck } from './ledger.ts';
import { verifyLog } from './log.ts';
import { type KeptKeys, personChecks } from './persons.ts';
import { verifyProcessor } from './processor.ts';
import { snapshotCheck } from './snapshots.ts';
import { refoldAggregate, refoldView } from './views.ts';

/** A service's database, and what is in it. */
export interface Kept {
  readonly definition: ServiceDefinition;
  readonly storage: Storage;
}

/** What is looked into beside the services' databases, where it can be. */
export interface Beside {
  readonly keys?: KeptKeys;
  readonly processor?: Client<typeof cardProcessor>;
}

/**
 * Walks every log once and proves what must hold: positions and versions are gapless, documents, views, snapshots and the copies
 * that others keep equal their events, persons have their keys, the processor's book is ours, and the promises of the business.
 * Reads only. What is still on its way between services counts as a violation, so a shop that is at work is asked again
 * (`verifySettled`). Says how far it has come.
 */
export async function verify(
  kept: readonly Kept[],
  say: (line: string) => void,
  { keys, processor }: Beside = {},
): Promise<readonly Verdict[]> {
  const business = businessChecks();
  const holds = holdChecks();
  const copies = copyChecks();
  const ledger = ledgerCheck();
  const persons = keys && personChecks(keys);
  const verdicts: Verdict[] = [];
  for (const { definition, storage } of kept) {
    const { service } = definition.contract;
    const schemas = Object.assign({}, ...definition.aggregates.map(({ events }) => events));
    say(`Walking the log of ${service} …`);
    const saying = progress(say, service);
    const snapshots = await snapshotCheck(definition, storage);
    const refolds = [
      ...definition.aggregates.map((aggregate) =>
        refoldAggregate(aggregate, (id, state, version) => {
          snapshots.seeState(aggregate, id, version, state);
          if (aggregate.name !== 'stock') return;
          business.seeStock(id, state);
          holds.seeStock(id, state);
        }),
      ),
      ...definition.views.map((view) => refoldView(view, definition.aggregates)),
    ];
    const log = await verifyLog(storage, (event) => {
      saying();
      for (const refold of refolds) refold.see(event);
      const newest = upcast(schemas, event);
      business.see(service, newest);
      holds.see(service, newest);
      copies.see(service, newest);
      ledger.see(service, newest);
      return persons?.see(newest);
    });
    const documents = [snapshots.verdict(), ...(await Promise.all(refolds.map((refold) => refold.verdict(storage))))];
    const looked = documents.filter((each) => each !== undefined);
    verdicts.push(log, ...looked.filter(({ examined, violations }) => examined > 0 || violations.length > 0));
  }
  const storages = new Map(kept.map(({ definition, storage }) => [definition.contract.service, storage]));
  const payments = storages.get('payments');
  if (processor !== undefined && payments !== undefined) say("Comparing with the card processor's book …");
  return [
    ...verdicts,
    ...(await copies.verdicts(storages)),
    ...((await persons?.verdicts()) ?? []),
    ...business.verdicts(),
    ...(await holds.verdicts(storages)),
    ledger.verdict(),
    ...(processor === undefined || payments === undefined ? [] : [await verifyProcessor(payments, processor, say)]),
  ];
}

const SAY_EVERY_MS = 1_000;
const LOOK_EVERY = 1_000;

/** To be called at each event: says once a second how many there were. */
function progress(say: (line: string) => void, service: string): () => void {
  let events = 0;
  let saidAt = performance.now();
  return () => {
    events += 1;
    if (events % LOOK_EVERY !== 0 || performance.now() - saidAt < SAY_EVERY_MS) return;
    saidAt = performance.now();
    say(`  ${events} events of ${service} …`);
  };
}

const ROUNDS = 5;
const PAUSE_MS = 1_000;

/** Verifies, and again while something is violated that may only be on its way: a violation is told when it stays. */
export async function verifySettled(
  kept: readonly Kept[],
  say: (line: string) => void,
  beside: Beside = {},
): Promise<readonly Verdict[]> {
  for (let round = 1; ; round++) {
    const verdicts = await verify(kept, round === 1 ? say : () => undefined, beside);
    if (round === ROUNDS || verdicts.every(({ violations }) => violations.length === 0)) return verdicts;
    say('Something is not settled; looking again …');
    await new Promise((resolve) => setTimeout(resolve, PAUSE_MS));
  }
}
