import type { Readiness } from '../platform/http/readiness.ts';
import { breakerValue } from '../platform/resilience/circuit-breaker.ts';
import type { Metrics } from '../platform/telemetry/port.ts';
import type { Composition } from './compose.ts';
import { KEYRING } from './keyring.ts';
import type { Part } from './part.ts';

const SAGAS_COUNTED = 1_000;

/** Balancers ask each process several times a second, and each question is a round trip for every service. */
const REACHED_FOR_MS = 2_000;

/** Lets metrics and readiness look into a composition; the returned function ends it. */
export function observe(
  { parts, guards, keyring }: Pick<Composition, 'parts' | 'guards'> & Partial<Pick<Composition, 'keyring'>>,
  gauges: Pick<Metrics, 'watch'>,
  health: Pick<Readiness, 'addCheck'>,
  now: () => number = Date.now,
): () => void {
  const { ends, metrics, readiness } = ending(gauges, health);
  metrics.watch('jangteo_breaker_state', () =>
    guards.map(({ name, state }) => ({ labels: { breaker: name }, value: breakerValue(state()) })),
  );
  for (const { name, state } of guards) {
    // The shop is open while a neighbour is not: what needs it waits.
    const check = () => ({ ok: state() !== 'open', detail: { breaker: state() } });
    readiness.addCheck(`calls to ${name}`, check, 'may wait');
  }
  if (keyring !== undefined) {
    const reach = unlessReached(() => keyring.reach(), now);
    readiness.addCheck(KEYRING, async () => {
      await reach();
      return { ok: true };
    });
  }
  for (const { name, storage, subscriptions, sagas, running, views, hospital, notifier } of parts) {
    observeHospital(name, { hospital, notifier, now }, metrics);
    metrics.watch('jangteo_bus_lag_events', () =>
      subscriptions
        .map((each) => each.status())
        .map((status) => ({
          labels: { service: name, subscription: status.name },
          value: status.behind,
        })),
    );
    metrics.watch('jangteo_hospital_cases_open', () =>
      subscriptions
        .map((each) => each.status())
        .map((status) => ({
          labels: { service: name, subscription: status.name },
          value: status.openCases,
        })),
    );
    metrics.watch('jangteo_view_lag_events', () =>
      [...views.values()]
        .map((view) => view.status())
        .map((status) => ({
          labels: { service: name, view: status.name },
          value: status.lagEvents,
        })),
    );
    metrics.watch('jangteo_view_lag_seconds', () =>
      [...views.values()]
        .map((view) => view.status())
        .map((status) => ({
          labels: { service: name, view: status.name },
          value: status.lagMs / 1_000,
        })),
    );
    for (const { definition } of running.sagas ?? []) {
      const labels = { service: name, saga: definition.name };
      const own = async () => (await sagas.inFlight(SAGAS_COUNTED)).filter(({ saga }) => saga === definition.name);
      metrics.watch('jangteo_sagas_in_flight', async () => [{ labels, value: (await own()).length }]);
      metrics.watch('jangteo_saga_oldest_seconds', async () => {
        const ages = (await own()).map(({ startedAt }) => (now() - startedAt) / 1_000);
        return [{ labels, value: Math.max(0, ...ages) }];
      });
    }
    const reach = unlessReached(() => storage.heads(), now);
    readiness.addCheck(name, async () => {
      await reach();
      const halted = subscriptions.map((each) => each.status()).filter(({ state }) => state === 'halted');
      return halted.length === 0 ? { ok: true } : { ok: false, detail: halted.map(({ name }) => name) };
    });
  }
  return () => {
    for (const end of ends) end();
  };
}

/** A storage that was reached is not asked again for a while; one that was not is asked each time. */
function unlessReached(reach: () => Promise<unknown>, now: () => number): () => Promise<void> {
  let reachedAt = Number.NEGATIVE_INFINITY;
  return async () => {
    if (now() - reachedAt < REACHED_FOR_MS) return;
    await reach();
    reachedAt = now();
  };
}

/** The same, and what ends all that is added by them. */
function ending({ watch }: Pick<Metrics, 'watch'>, { addCheck }: Pick<Readiness, 'addCheck'>) {
  const ends: (() => void)[] = [];
  const noting = (end: () => void) => {
    ends.push(end);
    return end;
  };
  const metrics: Pick<Metrics, 'watch'> = { watch: (name, read) => noting(watch(name, read)) };
  const readiness: Pick<Readiness, 'addCheck'> = {
    addCheck: (part, check, need) => noting(addCheck(part, check, need)),
  };
  return { ends, metrics, readiness };
}

function observeHospital(
  service: string,
  { hospital, notifier, now }: Pick<Part, 'hospital' | 'notifier'> & { now: () => number },
  metrics: Pick<Metrics, 'watch'>,
): void {
  metrics.watch('jangteo_hospital_oldest_case_seconds', async () => {
    const { oldestOpenedAt } = await hospital.status();
    const value = oldestOpenedAt === undefined ? 0 : (now() - oldestOpenedAt) / 1_000;
    return [{ labels: { service }, value }];
  });
  metrics.watch('jangteo_hospital_reported_open', async () =>
    Object.entries((await hospital.status()).reported).map(([kind, value]) => ({ labels: { service, kind }, value })),
  );
  metrics.watch('jangteo_hospital_notices_sent_total', () =>
    [...notifier.counts()].map(([channel, { sent }]) => ({ labels: { service, channel }, value: sent })),
  );
  metrics.watch('jangteo_hospital_notices_failed_total', () =>
    [...notifier.counts()].map(([channel, { failed }]) => ({ labels: { service, channel }, value: failed })),
  );
}
