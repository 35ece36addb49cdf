import type { Counters } from './process-facts.ts';

export type NodeKind = 'clients' | 'edge' | 'service' | 'database' | 'bus' | 'partner';
export type EdgeKind = 'requests' | 'calls' | 'commits' | 'publishes' | 'hears';

export interface TopologyNode {
  readonly id: string;
  readonly name: string;
  readonly kind: NodeKind;
  readonly ok: boolean;
  readonly note?: string;
}

export interface TopologyEdge {
  readonly from: string;
  readonly to: string;
  readonly kind: EdgeKind;
  readonly perSecond: number;
  readonly errorShare: number;
  readonly total: number;
  readonly breaker?: string;
  readonly behind?: number;
}

/** What runs here, as composition knows it. */
export interface Layout {
  /** The topology's name. */
  readonly name: string;
  readonly services: readonly {
    readonly name: string;
    readonly ok: boolean;
    /** Event types that leave it. */
    readonly tells: readonly string[];
    /** Where it hears from, and how many events it has not heard yet. */
    readonly hears: readonly { readonly source: string; readonly behind: number }[];
  }[];
  /** Other companies' systems. */
  readonly partners: readonly { readonly name: string; readonly simulated: boolean }[];
  /** BFFs that call services themselves. */
  readonly edges: readonly string[];
  readonly breakers: ReadonlyMap<string, string>;
}

interface Span {
  readonly earlier: Counters;
  readonly later: Counters;
  readonly seconds: number;
}

/** How much of something there is since the start, and how much of it went wrong. */
interface Amount {
  readonly count: number;
  readonly wrong: number;
}

const databaseOf = (service: string) => `db:${service}`;

/** The running composition as a graph, with what went along each edge in a span of time. */
export function topologyOf(layout: Layout, span: Span) {
  const edge = (
    from: string,
    to: string,
    kind: EdgeKind,
    amountIn: (counters: Counters) => Amount,
    more: { readonly breaker?: string; readonly behind?: number } = {},
  ): TopologyEdge => {
    const [before, now] = [amountIn(span.earlier), amountIn(span.later)];
    const count = Math.max(0, now.count - before.count);
    const wrong = Math.max(0, now.wrong - before.wrong);
    const errorShare = count === 0 ? 0 : Math.min(1, wrong / count);
    return { from, to, kind, perSecond: count / span.seconds, errorShare, total: now.count, ...more };
  };

  const isPartner = (wanted: string) => layout.partners.some(({ name }) => name === wanted);

  const nodes: TopologyNode[] = [
    { id: 'clients', name: 'clients', kind: 'clients', ok: true },
    { id: 'gateway', name: 'gateway', kind: 'edge', ok: true },
    ...layout.edges.map((name): TopologyNode => ({ id: name, name, kind: 'edge', ok: true })),
    ...layout.services.map(({ name, ok }): TopologyNode => ({ id: name, name, kind: 'service', ok })),
    ...layout.services.map(
      ({ name, ok }): TopologyNode => ({ id: databaseOf(name), name: `${name} database`, kind: 'database', ok }),
    ),
    { id: 'bus', name: 'bus', kind: 'bus', ok: true },
    ...layout.partners.map(({ name, simulated }): TopologyNode => {
      const ok = layout.breakers.get(name) !== 'open';
      return { id: name, name, kind: 'partner', ok, ...(simulated && { note: 'simulated' }) };
    }),
  ];

  const edges: TopologyEdge[] = [
    edge('clients', 'gateway', 'requests', (counters) =>
      requestsFor(counters, ({ service }) => service === undefined || !isPartner(service)),
    ),
    ...layout.edges.map((name) =>
      edge('gateway', name, 'requests', (counters) => requestsFor(counters, ({ service }) => service === name)),
    ),
    ...[...layout.services, ...layout.partners].flatMap(({ name }) => {
      const own = (counters: Counters) => requestsFor(counters, ({ service }) => service === name);
      if (own(span.later).count === 0) return [];
      // Other companies are not asked through the gateway: they call there themselves.
      return [isPartner(name) ? edge(name, 'gateway', 'requests', own) : edge('gateway', name, 'requests', own)];
    }),
    ...span.later.calls
      .filter(({ asked, from, to }) => asked > 0 && isNode(nodes, from) && isNode(nodes, to))
      .map(({ from, to }) => {
        const breaker = layout.breakers.get(to);
        return edge(from, to, 'calls', (counters) => callsBetween(counters, from, to), { ...(breaker && { breaker }) });
      }),
    ...layout.services.map(({ name }) =>
      edge(name, databaseOf(name), 'commits', ({ commits }) => ({
        count: commits.find(({ service }) => service === name)?.commits ?? 0,
        wrong: 0,
      })),
    ),
    ...layout.services
      .filter(({ tells }) => tells.length > 0)
      .map(({ name, tells }) =>
        edge(name, 'bus', 'publishes', ({ committed }) => ({
          count: sumOf(committed.filter(({ service, type }) => service === name && tells.includes(type))),
          wrong: 0,
        })),
      ),
    ...layout.services
      .filter(({ hears }) => hears.length > 0)
      .map(({ name, hears }) =>
        edge(
          'bus',
          name,
          'hears',
          ({ heard }) => ({ count: sumOf(heard.filter(({ service }) => service === name)), wrong: 0 }),
          { behind: hears.reduce((sum, { behind }) => sum + behind, 0) },
        ),
      ),
  ];
  return { nodes, edges };
}

function isNode(nodes: readonly TopologyNode[], wanted: string): boolean {
  return nodes.some(({ id }) => id === wanted);
}

function sumOf(counts: readonly { readonly events: number }[]): number {
  return counts.reduce((sum, { events }) => sum + events, 0);
}

/** The console's own questions are no traffic of the shop. */
function requestsFor({ requests }: Counters, matches: (request: Counters['requests'][number]) => boolean): Amount {
  const amount = { count: 0, wrong: 0 };
  for (const request of requests) {
    if (request.route.startsWith('/console') || !matches(request)) continue;
    const count = request.buckets.reduce((sum, each) => sum + each, 0);
    amount.count += count;
    if (request.status >= 500) amount.wrong += count;
  }
  return amount;
}

function callsBetween({ calls }: Counters, from: string, to: string): Amount {
  const found = calls.find((each) => each.from === from && each.to === to);
  return { count: found?.asked ?? 0, wrong: found?.unknown ?? 0 };
}
