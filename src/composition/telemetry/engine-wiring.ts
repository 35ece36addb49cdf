import { existsSync, mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gatewayThresholds } from '../gateway/routes.ts';
import type { Ports, RunningEngine } from '../local-engines/port.ts';
import { type Addresses, cloneFolder, type Environment, type Settings } from '../settings.ts';
import { addressFrom } from '../topology/addresses.ts';
import type { EngineName } from '../topology/growth.ts';
import type { ProcessPlan } from '../topology/processes.ts';
import type { Topology } from '../topology.ts';
import { writeWhole } from '../write-whole.ts';
import { alertmanagerConfig } from './alertmanager-config.ts';
import { type Backends, collectorConfig } from './collector-config.ts';
import { gatewayRules } from './gateway-rules.ts';
import { prometheusConfig, type ScrapeTarget, targetsFile } from './prometheus-config.ts';

/** Engines that are told where others listen: they start after those. */
export const STARTED_LAST: ReadonlySet<EngineName> = new Set(['otelcol', 'prometheus']);

/** What is known when the engines of a topology start. */
export interface WiringWorld {
  readonly topology: Topology;
  readonly home: string;
  readonly env: Environment;
  readonly settings: Pick<Settings, 'smtpUrl' | 'mailFrom'>;
  /** Addresses of the engines that only have one. */
  readonly named: Addresses;
  /** Those that were started already, by the topology's names. */
  readonly started: ReadonlyMap<EngineName, Pick<RunningEngine, 'url' | 'ports'>>;
}

/** The configuration of a telemetry engine that is about to start; undefined for any other engine. Throws a SetupFault. */
export function configOf(name: EngineName, world: WiringWorld): ((ports: Ports) => string) | undefined {
  const { topology, env, home, settings, named, started } = world;
  switch (name) {
    case 'otelcol':
      return (ports) => collectorConfig(ports, backendsOf(world));
    case 'alertmanager': {
      const { smtpUrl, mailFrom } = settings;
      const mailing = smtpUrl !== undefined && mailFrom !== undefined ? { smtpUrl, from: mailFrom } : undefined;
      return () => alertmanagerConfig(topology, (value, where) => addressFrom(value, env, where), mailing);
    }
    case 'prometheus': {
      const alertmanager = started.get('alertmanager')?.url ?? named.alertmanager;
      const files = targetFiles(home);
      writeGatewayRules(home, topology);
      return () =>
        prometheusConfig({
          shop: topology.name,
          ...{ processTargets: files.processes, sidecarTargets: files.sidecars, engineTargets: files.engines },
          rules: [join(cloneFolder, 'telemetry', 'rules', '*.yml'), join(telemetryFolder(home), 'rules', '*.yml')],
          ...(alertmanager !== undefined && { alertmanager: new URL(alertmanager).host }),
        });
    }
    default:
      return undefined;
  }
}

/** Where a collector that is started sends what it hears. A Jaeger with an address has it where it takes OTLP over HTTP. */
function backendsOf({ named, started }: WiringWorld): Backends {
  const ownJaeger = started.get('jaeger');
  const zipkin = started.get('zipkin')?.url ?? named.zipkin;
  const jaeger = ownJaeger === undefined ? named.jaeger : `http://127.0.0.1:${ownJaeger.ports['otlp-http']}`;
  const opensearch = started.get('opensearch')?.url ?? named.opensearch;
  return { ...(zipkin && { zipkin }), ...(jaeger && { jaeger }), ...(opensearch && { opensearch }) };
}

/** Where traces and logs of a process go: what the settings say, else the collector of the topology. Throws a SetupFault. */
export function collectorOf(topology: Topology, settings: Settings, env: Environment): string | undefined {
  if (settings.tracesUrl !== undefined) return settings.tracesUrl;
  const started = settings.engines?.otelcol;
  if (started !== undefined) return started;
  const { url } = topology.engines?.otelcol ?? {};
  return url === undefined ? undefined : addressFrom(url, env, 'engines/otelcol/url');
}

function telemetryFolder(home: string): string {
  return join(home, 'telemetry');
}

function targetFiles(home: string) {
  const fileOf = (name: string) => join(telemetryFolder(home), `${name}.json`);
  return { processes: fileOf('processes'), sidecars: fileOf('sidecars'), engines: fileOf('engines') };
}

/** The thresholds of the topology's gateways become rules of their own. */
function writeGatewayRules(home: string, topology: Topology): void {
  const folder = join(telemetryFolder(home), 'rules');
  mkdirSync(folder, { recursive: true });
  writeWhole(join(folder, 'gateways.yml'), gatewayRules(gatewayThresholds(topology)));
}

/** A replica and where it answers. */
export interface Scraped {
  readonly name: string;
  readonly url: string;
  readonly plan: Pick<ProcessPlan, 'name'>;
}

/** Everybody who answers with metrics now. */
export interface AllScraped {
  readonly replicas: readonly Scraped[];
  readonly sidecars: readonly ScrapeTarget[];
  readonly engines: ReadonlyMap<EngineName, Pick<RunningEngine, 'url' | 'ports'>>;
  readonly supervisor?: string;
}

/** Writes down whom Prometheus asks; it follows the files, so that a replica that comes later is asked as well, and one that has gone is not missed. */
export function writeTargets(home: string, { replicas, sidecars, engines, supervisor }: AllScraped): void {
  const files = targetFiles(home);
  mkdirSync(telemetryFolder(home), { recursive: true });
  const ofProcesses = replicas.map(({ name, url, plan }) => ({
    ...{ instance: name, url, labels: { process: plan.name } },
  }));
  const ofSupervisor = supervisor === undefined ? [] : [{ instance: 'supervisor', url: supervisor }];
  const ofEngines = [...engines].flatMap(([name, engine]) => scrapeOf(name, engine));
  put(files.processes, [...ofProcesses, ...ofSupervisor]);
  put(files.sidecars, sidecars);
  put(files.engines, ofEngines);
}

/** Whatever else has changed in the shop, a file that stays the same is not written again. */
function put(file: string, targets: readonly ScrapeTarget[]): void {
  const text = targetsFile(targets);
  if (!existsSync(file) || readFileSync(file, 'utf8') !== text) writeWhole(file, text);
}

/** Engines that answer with metrics of their own. */
function scrapeOf(name: EngineName, { url, ports }: Pick<RunningEngine, 'url' | 'ports'>): ScrapeTarget[] {
  const at = (port: number | undefined, path?: string) => [
    { instance: name, url: `http://127.0.0.1:${port}`, ...(path !== undefined && { path }) },
  ];
  switch (name) {
    case 'prometheus':
    case 'alertmanager':
      return [{ instance: name, url }];
    case 'otelcol':
      return at(ports.metrics);
    case 'zipkin':
      return at(ports.main, '/prometheus');
    case 'jaeger':
      return at(ports.admin);
    default:
      return [];
  }
}
