import type { CallContext, Client, Contract } from '../kernel/contract.ts';
import type { Outcome } from '../kernel/outcome.ts';
import type { Calls } from '../platform/calls/port.ts';
import type { EventStore } from '../platform/event-store/port.ts';
import type { HttpRoutes } from '../platform/http/port.ts';
import type { SubscriptionSpec } from '../platform/subscriptions/port.ts';

/** Calls of one part to another since the start. */
export interface CallsBetween {
  readonly from: string;
  readonly to: string;
  asked: number;
  /** Those that came to no answer. */
  unknown: number;
  rejected: number;
}

/** What went from part to part of a composition since the start: counters that only grow. */
export interface Traffic {
  /** The same calls, counted as those of `from`. */
  callsFrom(from: string, calls: Calls): Calls;
  /** The same subscription, counted as what `service` hears. */
  heardBy(service: string, spec: SubscriptionSpec): SubscriptionSpec;
  /** Counts what a service commits. */
  watchCommits(service: string, store: Pick<EventStore, 'onCommitted'>): void;
  groupCommitted(service: string, works: number): void;
  /** Says whose routes these are. */
  ownRoutes(service: string, routes: HttpRoutes): void;
  /** The same routes: once registered, each address is known by its service. */
  watchRoutes(routes: HttpRoutes): HttpRoutes;
  readonly calls: Iterable<CallsBetween>;
  /** Events heard, by source and hearing service. */
  readonly heard: Iterable<{ readonly source: string; readonly service: string; readonly events: number }>;
  /** Events committed, by service and type. */
  readonly events: ReadonlyMap<string, ReadonlyMap<string, number>>;
  readonly commits: ReadonlyMap<string, { readonly commits: number; readonly works: number }>;
  /** Which service answers a route, by its template. */
  readonly routeOwners: ReadonlyMap<string, string>;
}

/** Counts as little as it can at each call and event: a few additions, nothing is kept of what is said. */
export function traffic(): Traffic {
  const between = new Map<string, CallsBetween>();
  const heard = new Map<string, { source: string; service: string; events: number }>();
  const events = new Map<string, Map<string, number>>();
  const commits = new Map<string, { commits: number; works: number }>();
  const owners = new Map<HttpRoutes, string>();
  const routeOwners = new Map<string, string>();

  const countedBetween = (from: string, to: string): CallsBetween => {
    const key = `${from} ${to}`;
    const known = between.get(key) ?? { from, to, asked: 0, unknown: 0, rejected: 0 };
    between.set(key, known);
    return known;
  };

  /** Counts the answer without standing between it and who waits for it. */
  const counted = <Answer>(counts: CallsBetween, answer: Promise<Outcome<Answer>>): Promise<Outcome<Answer>> => {
    counts.asked += 1;
    answer.then(
      ({ kind }) => {
        if (kind === 'unknown') counts.unknown += 1;
        else if (kind === 'rejected') counts.rejected += 1;
      },
      () => {
        counts.unknown += 1;
      },
    );
    return answer;
  };

  return {
    callsFrom: (from, calls) => ({
      serve: calls.serve,
      ask: (service, call, request, context) =>
        counted(countedBetween(from, service), calls.ask(service, call, request, context)),
      client<C extends Contract>(contract: C): Client<C> {
        const client = calls.client(contract) as Readonly<
          Record<string, (request: unknown, context?: CallContext) => Promise<Outcome<unknown>>>
        >;
        const counts = countedBetween(from, contract.service);
        const asks = Object.entries(client).map(([call, ask]) => [
          call,
          (request: unknown, context?: CallContext) => counted(counts, ask(request, context)),
        ]);
        return Object.fromEntries(asks) as Client<C>;
      },
    }),
    heardBy(service, spec) {
      const counts = { source: spec.source, service, events: 0 };
      heard.set(`${service}.${spec.name}`, counts);
      const on = Object.entries(spec.on).map(([type, handle]) => [
        type,
        (event: Parameters<typeof handle>[0]) => {
          counts.events += 1;
          return handle(event);
        },
      ]);
      return { ...spec, on: Object.fromEntries(on) };
    },
    watchCommits(service, store) {
      const byType = new Map<string, number>();
      events.set(service, byType);
      store.onCommitted((committed) => {
        for (const { type } of committed) byType.set(type, (byType.get(type) ?? 0) + 1);
      });
    },
    groupCommitted(service, works) {
      const counts = commits.get(service) ?? { commits: 0, works: 0 };
      counts.commits += 1;
      counts.works += works;
      commits.set(service, counts);
    },
    ownRoutes: (service, routes) => void owners.set(routes, service),
    watchRoutes: (routes) => (http) => {
      const owner = owners.get(routes);
      if (owner !== undefined) http.addHook('onRoute', ({ url }) => void routeOwners.set(url, owner));
      return routes(http);
    },
    get calls() {
      return between.values();
    },
    get heard() {
      return heard.values();
    },
    ...{ events, commits, routeOwners },
  };
}
