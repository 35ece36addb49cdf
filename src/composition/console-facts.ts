import { monitorEventLoopDelay, performance } from 'node:perf_hooks';
import type { ProcessFacts } from '../edges/console/process-facts.ts';
import type { Process, ServiceSettings } from '../edges/console/system-routes.ts';
import type { Layout } from '../edges/console/topology.ts';
import type { Metrics } from '../platform/telemetry/port.ts';
import { apiInfo } from './api-info.ts';
import type { Composition } from './compose.ts';
import type { Part } from './part.ts';
import { shownSettings } from './shown-settings.ts';

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

/** Open cases, where there are any. */
export async function casesOf(parts: readonly Pick<Part, 'name' | 'subscriptions' | 'hospital'>[]) {
  const found = await Promise.all(
    parts.map(async ({ name, subscriptions, hospital }) => {
      const { reported, oldestOpenedAt } = await hospital.status();
      const events = subscriptions.reduce((sum, each) => sum + each.status().openCases, 0);
      const open = events + Object.values(reported).reduce((sum, count) => sum + count, 0);
      return { service: name, open, ...(oldestOpenedAt !== undefined && { oldestOpenedAt }) };
    }),
  );
  return found.filter(({ open }) => open > 0);
}

/** Every service with what the topology says to it and how long its log is. */
export async function partsOf(
  parts: readonly Pick<Part, 'name' | 'storage'>[],
  settings: Readonly<Record<string, Readonly<Record<string, unknown>>>>,
): Promise<ServiceSettings[]> {
  const services = await Promise.all(
    parts.map(async ({ name, storage }): Promise<ServiceSettings> => {
      const { partitions, epoch } = storage.log;
      const events = (await storage.heads()).reduce((sum, head) => sum + head, 0);
      return {
        ...{ name, kind: 'service' as const, log: { partitions, epoch, events } },
        settings: shownSettings(settings[name] ?? {}),
      };
    }),
  );
  const others = Object.entries(settings)
    .filter(([name]) => !parts.some((part) => part.name === name))
    .map(([name, own]): ServiceSettings => ({ name, kind: 'integration', settings: shownSettings(own) }));
  return [...services, ...others];
}

/** What runs here: services, their neighbours and other companies' systems. */
export async function shopLayout(
  { parts, guards, partners }: Pick<Composition, 'parts' | 'guards' | 'partners'>,
  name: string,
  simulated: readonly string[],
): Promise<Layout> {
  return {
    name,
    services: parts.map(({ name: service, contract, subscriptions }) => {
      const statuses = subscriptions.map((each) => each.status());
      return {
        name: service,
        ok: statuses.every(({ state }) => state !== 'halted'),
        tells: Object.keys(contract.events),
        hears: statuses.map(({ source, behind }) => ({ source, behind })),
      };
    }),
    partners: partners.map((partner) => ({ name: partner, simulated: simulated.includes(partner) })),
    edges: ['storefront'],
    breakers: new Map(guards.map(({ name: guarded, state }) => [guarded, state()])),
  };
}
