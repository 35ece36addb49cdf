import { monitorEventLoopDelay, performance } from 'node:perf_hooks';
import type { ProcessFacts } from '../../edges/console/process-facts.ts';
import type { Process, ServiceSettings } from '../../edges/console/system-routes.ts';
import type { Layout } from '../../edges/console/topology.ts';
import type { Contract } from '../../kernel/contract.ts';
import type { Metrics } from '../../platform/telemetry/port.ts';
import { apiInfo } from '../api-info.ts';
import type { Composition } from '../compose.ts';
import { shownSettings } from '../shown-settings.ts';
import type { Desk } from './desk.ts';

const NS_PER_MS = 1e6;

/** What the console's pulse is taken from. */
export function shopFacts(
  { traffic, parts }: Pick<Composition, 'traffic' | 'parts'>,
  metrics: Pick<Metrics, 'requestTotals' | 'requestBounds'>,
): ProcessFacts {
  const delay = monitorEventLoopDelay({ resolution: 20 });
  delay.enable();
  let cpu = process.cpuUsage();
  let readAt = performance.now();

  return {
    counters: () => ({
      requests: metrics.requestTotals().map(({ method, route, status, buckets }) => {
        const service = traffic.routeOwners.get(route);
        return { method, route, status, buckets, ...(service !== undefined && { service }) };
      }),
      bounds: metrics.requestBounds,
      calls: [...traffic.calls].map((counts) => ({ ...counts })),
      heard: [...traffic.heard].map((counts) => ({ ...counts })),
      committed: [...traffic.events].flatMap(([service, types]) =>
        [...types].map(([type, events]) => ({ service, type, events })),
      ),
      commits: [...traffic.commits].map(([service, counts]) => ({ service, ...counts })),
    }),
    standing() {
      const views = parts.flatMap((part) => [...part.views.values()]);
      const subscriptions = parts.flatMap((part) => part.subscriptions);
      const eventLoopDelayMs = Math.max(0, delay.percentile(99) / NS_PER_MS - 20);
      delay.reset();
      const [used, now] = [process.cpuUsage(cpu), performance.now()];
      const cpuShare = (used.user + used.system) / 1_000 / Math.max(1, now - readAt);
      cpu = process.cpuUsage();
      readAt = now;
      return {
        viewLagEvents: views.reduce((sum, view) => sum + view.status().lagEvents, 0),
        busBehindEvents: subscriptions.reduce((sum, each) => sum + each.status().behind, 0),
        ...{ eventLoopDelayMs, cpuShare, memoryBytes: process.memoryUsage.rss() },
      };
    },
  };
}

const loopDelay = monitorEventLoopDelay({ resolution: 20 });

/** The process as it is now. */
export function processNow(): Process {
  loopDelay.enable();
  const { rss, heapUsed, heapTotal } = process.memoryUsage();
  const uptimeMs = process.uptime() * 1_000;
  const late = (percentile: number) => Math.max(0, loopDelay.percentile(percentile) / NS_PER_MS - 20);
  return {
    ...{ pid: process.pid, version: apiInfo.version, node: process.version },
    platform: `${process.platform} ${process.arch}`,
    ...{ startedAt: Math.round(performance.timeOrigin), uptimeMs },
    memory: { rssBytes: rss, heapUsedBytes: heapUsed, heapTotalBytes: heapTotal },
    eventLoop: {
      ...{ p50Ms: late(50), p99Ms: late(99), maxMs: late(100) },
      utilization: performance.eventLoopUtilization().utilization,
    },
  };
}

/** Open cases, where there are any. A service that does not answer is left out. */
export async function casesOf(desks: readonly Desk[]) {
  const found = await Promise.allSettled(desks.map(async ({ service, cases }) => ({ service, ...(await cases()) })));
  return found.flatMap((each) => (each.status === 'fulfilled' && each.value.open > 0 ? [each.value] : []));
}

/** Every service with what the topology says to it and how long its log is. */
export async function partsOf(
  desks: readonly Desk[],
  settings: Readonly<Record<string, Readonly<Record<string, unknown>>>>,
): Promise<ServiceSettings[]> {
  const services = await Promise.all(
    desks.map(async ({ service: name, log }): Promise<ServiceSettings> => {
      const kept = await log();
      return { name, kind: 'service' as const, log: kept, settings: shownSettings(settings[name] ?? {}) };
    }),
  );
  const others = Object.entries(settings)
    .filter(([name]) => !desks.some(({ service }) => service === name))
    .map(([name, own]): ServiceSettings => ({ name, kind: 'integration', settings: shownSettings(own) }));
  return [...services, ...others];
}

export interface LayoutParts {
  readonly desks: readonly Desk[];
  /** By service. */
  readonly contracts: ReadonlyMap<string, Contract>;
  readonly guards: Composition['guards'];
  readonly partners: Composition['partners'];
}

/** What runs here: services, their neighbours and other companies' systems. */
export async function shopLayout(
  { desks, contracts, guards, partners }: LayoutParts,
  name: string,
  simulated: readonly string[],
): Promise<Layout> {
  const services = desks.map(async ({ service, hearing }) => {
    const { ok, hears } = await hearing().catch(() => ({ ok: false, hears: [] }));
    return { name: service, ok, tells: Object.keys(contracts.get(service)?.events ?? {}), hears };
  });
  return {
    name,
    services: await Promise.all(services),
    partners: partners.map((partner) => ({ name: partner, simulated: simulated.includes(partner) })),
    edges: ['storefront'],
    breakers: new Map(guards.map(({ name: guarded, state }) => [guarded, state()])),
  };
}
