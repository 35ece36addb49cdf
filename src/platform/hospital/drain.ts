import { sleep } from '../clock/port.ts';
import { ConflictFault } from '../event-store/port.ts';
import { backoffMs } from '../resilience/retry.ts';
import type { HospitalOptions } from './hospital.ts';
import { type Case, isDirect, type KeptEvent, type MessageCase } from './port.ts';
import {
  caseOf,
  hospitalCases,
  hospitalWaiting,
  newCase,
  openCase,
  queueOf,
  removeWaiting,
  waitingOf,
  withAudit,
  writeCase,
} from './records.ts';

const BACKOFF = { firstMs: 50, mostMs: 10_000 };
const ATTEMPTS = 5;
const PAGE = 1_000;

/** Drains: what waited behind a settled case is handled, in order, one event a commit, until nothing waits and the case is closed. */
export interface Drains {
  /** Resolves when the case is closed, or when drains are closed. */
  drain(id: string): Promise<void>;
  close(): Promise<void>;
}

export function drains(options: HospitalOptions): Drains {
  const { storage, store, treatments, clock, random, logger } = options;
  const closing = new AbortController();
  const running = new Map<string, Promise<void>>();
  const resumed = resume();

  /** Handles the first event that waits, or closes the case. True when the case is closed. */
  async function step(id: string): Promise<boolean> {
    const found = (await storage.documents(hospitalCases, 0, [id])).get(id);
    const opened = found && caseOf(found.body);
    if (found === undefined || opened?.status !== 'draining') return true;
    const next = isDirect(opened) ? undefined : await firstWaiting(opened);
    if (next === undefined || isDirect(opened)) {
      await store.decide({ intents: [], documents: [writeCase(closed(opened), found.version)] });
      return true;
    }
    return handle(opened, found.version, next);
  }

  async function firstWaiting({ subscription, subject }: MessageCase): Promise<KeptEvent | undefined> {
    const [next] = await storage.query({
      collection: hospitalWaiting,
      generation: 0,
      where: { queue: queueOf(subscription, subject) },
      order: 'ascending',
      limit: 1,
    });
    return next && waitingOf(next.body);
  }

  async function handle(opened: MessageCase, version: number, event: KeptEvent): Promise<boolean> {
    const { subscription } = opened;
    const treatment = treatments(subscription);
    const released = removeWaiting(subscription, event);
    const shorter = { ...opened, waiting: Math.max(0, opened.waiting - 1) };
    const documents = [released, writeCase(shorter, version)];
    if (treatment === undefined) {
      await store.decide({ intents: [], documents });
      return false;
    }
    for (let attempt = 1; ; attempt++) {
      const trouble = await treatment.attempt(event, undefined, documents);
      if (trouble === undefined) return false;
      if (trouble.kind === 'fault' && attempt < ATTEMPTS && !closing.signal.aborted) {
        await sleep(clock, backoffMs(attempt, random, BACKOFF), closing.signal);
        continue;
      }
      const failure = { ...trouble, attempts: attempt };
      const successor = newCase(subscription, event, failure, 'platform', shorter.waiting);
      const taken = [released, writeCase(closed({ ...opened, waiting: 0 }), version), ...openCase(successor)];
      await store.decide({ intents: [], documents: taken });
      tell(successor);
      return true;
    }
  }

  function closed(opened: Case): Case {
    const at = clock.now();
    return withAudit(opened, { at, by: 'platform', act: 'closed' }, { status: 'closed', closedAt: at });
  }

  function tell(opened: Case): void {
    logger.error({ case: opened.id, code: opened.failure.code }, 'an event that waited went to the hospital');
    try {
      options.onAdmitted?.(opened);
    } catch (error) {
      logger.error({ case: opened.id, error: String(error) }, 'nobody could be told of a case');
    }
  }

  async function run(id: string): Promise<void> {
    for (let failures = 0; !closing.signal.aborted; ) {
      try {
        if (await step(id)) return;
        failures = 0;
      } catch (fault) {
        if (fault instanceof ConflictFault) continue;
        failures++;
        logger.warn({ case: id, failures, error: String(fault) }, 'draining goes on after a pause');
        await sleep(clock, backoffMs(failures, random, BACKOFF), closing.signal);
      }
    }
  }

  function drain(id: string): Promise<void> {
    const under = running.get(id) ?? run(id).finally(() => running.delete(id));
    running.set(id, under);
    return under;
  }

  /** Takes up what an earlier process left. */
  async function resume(): Promise<void> {
    for (let failures = 1; !closing.signal.aborted; failures++) {
      try {
        const where = { status: 'draining' };
        const left = await storage.query({
          collection: hospitalCases,
          generation: 0,
          where,
          order: 'ascending',
          limit: PAGE,
        });
        for (const { key } of left) void drain(key);
        return;
      } catch (error) {
        logger.warn({ failures, error: String(error) }, 'the hospital cannot be read yet');
        await sleep(clock, backoffMs(failures, random, BACKOFF), closing.signal);
      }
    }
  }

  return {
    drain,
    async close() {
      closing.abort();
      await resumed;
      await Promise.allSettled(running.values());
    },
  };
}
