import { catalog } from '../../contracts/catalog.ts';
import { search } from '../../contracts/search.ts';
import { sleep } from '../../platform/clock/port.ts';
import { systemClock } from '../../platform/clock/system.ts';
import type { Readiness } from '../../platform/http/readiness.ts';
import type { Metrics } from '../../platform/telemetry/port.ts';
import { fillEmptyShop } from '../sample.ts';
import type { ProcessNetwork } from './network.ts';

const LOOK_MS = 100;
/** An engine of its own may need so long, on a busy machine, to make its first index; one that is away keeps no shop closed. */
const SEARCH_WITHIN_MS = 30_000;
/** Samples come into the index one after another: as many as before so much later are all. */
const SETTLED_MS = 1_000;

/** A shop of which a part has nobody to lead it is not ready; it says which. */
export function watchShop(
  { membership }: ProcessNetwork,
  services: readonly string[],
  ready: Readiness,
  metrics: Pick<Metrics, 'watch'>,
): void {
  metrics.watch('jangteo_service_without_leader', () =>
    services.map((service) => ({ labels: { service }, value: membership.leaderOf(service) === undefined ? 1 : 0 })),
  );
  ready.addCheck(
    'leaders',
    () => {
      const missing = services.filter((service) => membership.leaderOf(service) === undefined);
      return missing.length === 0 ? { ok: true } : { ok: false, detail: missing };
    },
    'may wait',
  );
}

/** Resolves once somebody leads each service, or `signal` is aborted. */
export async function everybodyLed(
  { membership }: ProcessNetwork,
  services: readonly string[],
  signal: AbortSignal | undefined,
): Promise<void> {
  while (services.some((service) => membership.leaderOf(service) === undefined)) {
    if (signal?.aborted === true) return;
    await sleep(systemClock, LOOK_MS, signal);
  }
}

/** The process that leads the catalogue fills an empty shop; the others wait until it has. */
export async function fillWhereLed(
  { membership, calls }: ProcessNetwork,
  say: (line: string) => void,
  signal: AbortSignal | undefined,
): Promise<void> {
  const { isEmpty } = calls.client(catalog);
  while (signal?.aborted !== true) {
    if (membership.leaderOf('catalog')?.isSelf === true) return fillEmptyShop(calls, say);
    const outcome = await isEmpty({});
    if (outcome.kind === 'done' && !outcome.answer.empty) return;
    await sleep(systemClock, LOOK_MS, signal);
  }
}

/** Resolves once a search is answered, and finds as much as a second before where there are samples; after half a minute whatever it finds. */
export async function searchAnswers(
  { calls }: Pick<ProcessNetwork, 'calls'>,
  finds: 'something' | 'anything',
  signal: AbortSignal | undefined,
): Promise<void> {
  const until = performance.now() + SEARCH_WITHIN_MS;
  for (let before = 0; signal?.aborted !== true && performance.now() < until; ) {
    const outcome = await calls.client(search).search({ q: '', limit: 1, offset: 0 });
    const total = outcome.kind === 'done' ? outcome.answer.total : 0;
    if (outcome.kind === 'done' && (finds === 'anything' || (total > 0 && total === before))) return;
    before = total;
    await sleep(systemClock, total > 0 ? SETTLED_MS : LOOK_MS, signal);
  }
}
