import { collectorBase } from '../local-engines/otelcol.ts';
import type { Ports } from '../local-engines/port.ts';

/** Where the collector sends what it hears; what is absent is not sent there. */
export interface Backends {
  /** Zipkin's own address. */
  readonly zipkin?: string;
  /** Where Jaeger takes OTLP over HTTP. */
  readonly jaeger?: string;
  readonly opensearch?: string;
}

/** Begins the name of every index of log lines; the day follows. */
export const LOG_INDEX = 'jangteo-logs';

/** The collector's configuration: OTLP in; traces to Zipkin and Jaeger, logs to OpenSearch, what nobody wants is counted only. */
export function collectorConfig(ports: Ports, { zipkin, jaeger, opensearch }: Backends): string {
  const ofTraces = {
    ...(zipkin !== undefined && { zipkin: { endpoint: `${zipkin}/api/v2/spans` } }),
    ...(jaeger !== undefined && { 'otlphttp/jaeger': { endpoint: jaeger } }),
  };
  const ofLogs = opensearch !== undefined && { opensearch: { http: { endpoint: opensearch }, logs_index: LOG_INDEX } };
  const counting = { debug: { verbosity: 'basic' } };
  const pipeline = (exporters: object) => ({
    receivers: ['otlp'],
    processors: ['memory_limiter', 'batch'],
    exporters: Object.keys(exporters),
  });
  const [traces, logs] = [withOne(ofTraces, counting), withOne(ofLogs || {}, counting)];
  const config = {
    ...collectorBase(ports),
    exporters: { ...traces, ...logs },
    service: {
      extensions: ['healthcheckv2'],
      telemetry: {
        logs: { level: 'warn' },
        metrics: { readers: [{ pull: { exporter: { prometheus: { host: '127.0.0.1', port: ports.metrics } } } }] },
      },
      pipelines: { traces: pipeline(traces), logs: pipeline(logs) },
    },
  };
  return `${JSON.stringify(config, null, 2)}\n`;
}

function withOne(exporters: object, otherwise: object): object {
  return Object.keys(exporters).length > 0 ? exporters : otherwise;
}
