import { Counter, collectDefaultMetrics, Gauge, Registry } from 'prom-client';
import { BOUNDS, madeOnce, requestDurations } from './durations.ts';
import { histogram } from './histogram.ts';
import type { Gauges, Metrics, Reading } from './port.ts';

type Reader = () => Iterable<Reading<object>> | Promise<Iterable<Reading<object>>>;

const GAUGES: {
  readonly [Name in keyof Gauges]: { readonly help: string; readonly labels: readonly (keyof Gauges[Name])[] };
} = {
  jangteo_view_lag_events: { help: 'Events that a view has not applied yet.', labels: ['service', 'view'] },
  jangteo_view_lag_seconds: { help: 'Age of the oldest event not applied yet.', labels: ['service', 'view'] },
  jangteo_breaker_state: { help: 'Circuit breaker: 0 closed, 1 half open, 2 open.', labels: ['breaker'] },
  jangteo_service_without_leader: {
    help: 'Whether a process knows of nobody who leads a service.',
    labels: ['service'],
  },
  jangteo_saga_oldest_seconds: {
    help: 'Age of the oldest saga run that has not ended; 0 without one.',
    labels: ['service', 'saga'],
  },
  jangteo_sagas_in_flight: { help: 'Saga runs that have not ended.', labels: ['service', 'saga'] },
  jangteo_hospital_cases_open: { help: 'Cases open in the error hospital.', labels: ['service', 'subscription'] },
  jangteo_hospital_reported_open: {
    help: 'Cases open in the error hospital that a service reported itself.',
    labels: ['service', 'kind'],
  },
  jangteo_hospital_oldest_case_seconds: { help: 'Age of the oldest open case; 0 without one.', labels: ['service'] },
  jangteo_hospital_notices_sent_total: { help: 'Notices of cases that were taken.', labels: ['service', 'channel'] },
  jangteo_hospital_notices_failed_total: {
    help: 'Attempts to tell of a case that failed; each is tried again.',
    labels: ['service', 'channel'],
  },
  jangteo_bus_lag_events: {
    help: 'Events that a subscription has not heard yet.',
    labels: ['service', 'subscription'],
  },
  jangteo_relay_lag_events: { help: 'Events of an outbox that are not published yet.', labels: ['service'] },
  jangteo_relay_lag_seconds: {
    help: 'For how long the relay of an outbox has not caught up; 0 when it has.',
    labels: ['service'],
  },
  jangteo_calls_total: { help: 'Calls of one part to another.', labels: ['from', 'to'] },
  jangteo_calls_unknown_total: { help: 'Calls that came to no answer.', labels: ['from', 'to'] },
  jangteo_calls_rejected_total: { help: 'Calls that were answered with a rejection.', labels: ['from', 'to'] },
  jangteo_events_committed_total: { help: 'Events that a service has committed.', labels: ['service', 'type'] },
  jangteo_events_heard_total: { help: 'Events that a service has heard.', labels: ['service', 'source'] },
  jangteo_heap_limit_bytes: { help: 'How large the heap of the process may become.', labels: [] },
  jangteo_program_running: { help: 'Whether a process or engine runs.', labels: ['program'] },
  jangteo_program_restarts_total: { help: 'How often a program was started again.', labels: ['program'] },
  jangteo_invariant_violations: {
    help: 'Violations of an invariant that `jangteo verify` found last.',
    labels: ['invariant'],
  },
  jangteo_invariants_verified_timestamp_seconds: {
    help: 'When `jangteo verify` came to its end last; 0: never.',
    labels: [],
  },
  jangteo_reads_under_way_seconds_total: {
    help: 'Time that reads answered by every replica were under way, all together: its rate is how many are, on average.',
    labels: ['service'],
  },
  jangteo_search_products: { help: 'Products in the search index that serves.', labels: ['service'] },
  jangteo_search_index_bytes: {
    help: 'Memory of the search index: heap and buffers of its worker.',
    labels: ['service'],
  },
  jangteo_page_cache_pages: { help: 'Rendered pages that are kept ready to send.', labels: ['edge'] },
  jangteo_page_cache_bytes: { help: 'About how much memory the kept pages take.', labels: ['edge'] },
  jangteo_page_cache_hits_total: { help: 'Pages that were sent as they were kept.', labels: ['edge'] },
  jangteo_page_cache_misses_total: { help: 'Pages that were rendered to be kept.', labels: ['edge'] },
  jangteo_engine_up: { help: 'Whether an engine answered when it was last asked.', labels: ['engine'] },
  jangteo_rate_limits_local_total: {
    help: 'Requests that the process counted for itself, because the shared count was away.',
    labels: ['limit'],
  },
  jangteo_cart_copies_total: { help: 'Carts asked for from copies, by what came of it.', labels: ['outcome'] },
  jangteo_gateway_shed_total: { help: 'Requests turned away: too much to do.', labels: ['gateway', 'route'] },
  jangteo_gateway_limited_total: {
    help: 'Requests turned away: the client asked too often.',
    labels: ['gateway', 'route'],
  },
  jangteo_gateway_repeated_total: { help: 'Requests sent once more.', labels: ['gateway', 'route'] },
  jangteo_gateway_hedged_total: {
    help: 'Reads sent once more because their answer took long.',
    labels: ['gateway', 'route'],
  },
  jangteo_gateway_mirrored_total: { help: 'Copies of requests for a mirror.', labels: ['gateway', 'route'] },
  jangteo_gateway_drilled_total: { help: 'Requests that met a fault of a drill.', labels: ['gateway', 'route'] },
  jangteo_gateway_under_way: { help: 'Requests that take a place; streams take none.', labels: ['gateway'] },
  jangteo_gateway_waiting: { help: 'Requests that wait for a place.', labels: ['gateway'] },
  jangteo_gateway_routes_taken_over_total: {
    help: 'Changed route tables that were taken over.',
    labels: ['gateway'],
  },
  jangteo_gateway_routes_refused_total: { help: 'Changed route tables that were refused.', labels: ['gateway'] },
  jangteo_gateway_upstream_up: {
    help: 'Whether somebody leads the service, or shows the edge.',
    labels: ['gateway', 'upstream'],
  },
  jangteo_event_streams_open: { help: 'Clients that listen to server-sent events.', labels: ['server'] },
  jangteo_two_phase_in_doubt: {
    help: 'Branches of two-phase commits whose rows are locked until they are settled.',
    labels: ['coordinator', 'resource'],
  },
  jangteo_two_phase_in_doubt_seconds: { help: 'Age of the oldest of them.', labels: ['coordinator', 'resource'] },
  jangteo_two_phase_heuristics: {
    help: 'Branches that somebody settled by hand against the decision, since the start.',
    labels: ['coordinator', 'resource'],
  },
};

const GROUP_SIZES = [1, 2, 4, 8, 16, 32, 64, 128, 256, 512, 1024];
const COMMIT_SECONDS = [0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 1];

/** The process's metrics: Node's own, requests, group commits, and the gauges that composition watches. */
export function createMetrics(options: { readonly nodeMetrics?: boolean } = {}): Metrics {
  const registry = new Registry();
  if (options.nodeMetrics ?? true) collectDefaultMetrics({ register: registry });
  const requests = requestDurations('jangteo_http_request_duration_seconds');
  const works = histogram('jangteo_commit_group_works', 'Works that shared one group commit.', GROUP_SIZES);
  const objectives = histogram(
    'jangteo_objective_duration_seconds',
    'Time to answer what an objective is about, as its asker saw it.',
    BOUNDS,
  );
  const objectivesOf = new Map<string, (seconds: number) => void>();
  const commits = histogram('jangteo_commit_duration_seconds', 'Time of one group commit.', COMMIT_SECONDS);
  const commitsOf = new Map<string, (size: number, seconds: number) => void>();
  const readers = new Map<keyof Gauges, Set<Reader>>();

  const watched = (name: keyof Gauges): Set<Reader> => {
    const known = readers.get(name);
    if (known !== undefined) return known;
    const added = new Set<Reader>();
    readers.set(name, added);
    const Kind = name.endsWith('_total') ? Counter : Gauge;
    new Kind({
      name,
      help: GAUGES[name].help,
      labelNames: GAUGES[name].labels as readonly string[],
      registers: [registry],
      async collect() {
        this.reset();
        for (const read of added) {
          const readings = await Promise.resolve()
            .then(read)
            .catch(() => []);
          for (const { labels, value } of readings) this.inc(labels as Record<string, string>, value);
        }
      },
    });
    return added;
  };

  return {
    contentType: registry.contentType,
    text: async () => requests.text() + objectives.text() + works.text() + commits.text() + (await registry.metrics()),
    requestAnswered: requests.observe,
    objectiveAnswered(objective, status, seconds) {
      madeOnce(objectivesOf, `${objective} ${status}`, () => objectives.series({ objective, status }))(seconds);
    },
    requestTotals: requests.totals,
    requestBounds: BOUNDS,
    groupCommitted(service, size, seconds) {
      madeOnce(commitsOf, service, () => {
        const [countWorks, countSeconds] = [works.series({ service }), commits.series({ service })];
        return (each, took) => {
          countWorks(each);
          countSeconds(took);
        };
      })(size, seconds);
    },
    watch(name, read) {
      const all = watched(name);
      all.add(read);
      return () => void all.delete(read);
    },
  };
}
