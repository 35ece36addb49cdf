import { STAGES } from '../../src/integrations/carrier/simulator/labels.ts';
import type { Case } from '../../src/platform/hospital/port.ts';
import { hospitalCases } from '../../src/platform/hospital/records.ts';
import { type RunDocument, sagaRuns } from '../../src/platform/sagas/run-document.ts';
import type { People } from './people.ts';
import type { World } from './world.ts';

const LOOK_EVERY_MS = 1_000;
const MOST_CASES = 100;

/**
 * Waits, faults having ceased, until nothing waits any more, at most `mostMs`; operators retry what lies in the hospitals.
 * Answers what still waits then.
 */
export async function settle(world: World, people: People, mostMs: number): Promise<readonly string[]> {
  const { scheduler } = world;
  const until = scheduler.now() + mostMs;
  for (;;) {
    await world.pauseFor(LOOK_EVERY_MS);
    const waiting = await whatWaits(world);
    if (waiting.length === 0 || scheduler.now() >= until) return waiting;
    if (waiting.some((sentence) => sentence.startsWith(CASE))) await people.retryCases();
  }
}

const CASE = 'a hospital case';

async function whatWaits(world: World): Promise<string[]> {
  const { invariants, definitions, labels } = world;
  const shop = world.front();
  if (shop === undefined || world.livingProcesses() !== 1) return ['the shop is not up, or more than once'];
  const waiting: string[] = [];
  for (const { contract } of definitions) {
    const storage = world.storageOf(contract.service);
    const runs = await storage.query({
      ...{ collection: sagaRuns, generation: 0, where: { status: 'running' }, order: 'ascending', limit: 10 },
    });
    for (const { key, body } of runs)
      waiting.push(`saga ${key} is ${JSON.stringify((body as unknown as RunDocument).state)}`);
    const cases = await storage.query({
      ...{ collection: hospitalCases, generation: 0, where: {}, order: 'ascending', limit: MOST_CASES },
    });
    for (const { body } of cases) {
      const { id, status, failure } = body as unknown as Case;
      if (status !== 'closed') waiting.push(`${CASE} ${id} is ${status}: ${failure.code} ${failure.detail}`);
    }
  }
  for (const { name, subscriptions, views } of shop.composition.parts) {
    for (const subscription of subscriptions) {
      const { name: which, state, behind } = subscription.status();
      if (state !== 'running' || behind > 0) waiting.push(`${name}.${which} is ${state} and ${behind} behind`);
    }
    for (const view of views.values()) {
      const { name: which, lagEvents, rebuilding, stopped } = view.status();
      if (lagEvents > 0 || rebuilding !== undefined || stopped !== undefined)
        waiting.push(`view ${which} is ${lagEvents} behind ${stopped ?? ''}`);
    }
  }
  for (const [sku, { states }] of invariants.facts.skus)
    for (const order of states.at(-1)?.open.keys() ?? []) waiting.push(`${sku} is reserved for ${order}`);
  for (const { reference, told } of labels.undelivered()) waiting.push(`parcel ${reference} is at ${STAGES[told]}`);
  return waiting;
}
