import { join } from 'node:path';
import { answersOk, HOST } from './addresses.ts';
import { configFile } from './config-file.ts';
import { goProgramWithin } from './install/go.ts';
import type { Engine, Ports } from './port.ts';
import { versions } from './versions.ts';

/** Jaeger's module pins a set of collector modules that fit together. */
const MODULE = `github.com/jaegertracing/jaeger@v${versions.jaeger}`;

/** OpenTelemetry's collector: OTLP by HTTP at `main`, by gRPC at `grpc`. Without a configuration it prints how much it hears. */
export const engine: Engine = {
  name: 'otelcol',
  about: 'where traces, metrics and logs are sent on from',
  recipe: {
    version: versions.otelcol,
    programs: ['otelcol'],
    build: (folder) =>
      goProgramWithin(folder, 'otelcol', { module: MODULE, source: join(import.meta.dirname, 'otelcol-program') }),
    byHand:
      'install the OpenTelemetry Collector as otelcol, or Go 1.24 and `jangteo engines install otelcol` builds it',
  },
  port: 4318,
  ports: ['main', 'grpc', 'health', 'metrics'],
  async plan(context) {
    const { ports, program } = context;
    const otelcol = program('otelcol');
    const config = configFile(context, {
      name: 'otelcol.yaml',
      signal: 'SIGHUP',
      check: (file) => [otelcol, 'validate', '--config', file],
      fallback: JSON.stringify(printingConfig(ports), null, 2),
    });
    await config.write();
    return {
      url: `http://${HOST}:${ports.main}`,
      processes: [{ name: 'collector', command: [otelcol, '--config', config.file] }],
      ready: () => answersOk(`http://${HOST}:${ports.health}/status`),
      readyWithinMs: 30_000,
      reload: config.reload,
    };
  },
};

/** What every configuration has: where it listens and how its health is asked. */
export function collectorBase(ports: Ports) {
  const at = (port: number | undefined) => ({ endpoint: `${HOST}:${port}` });
  return {
    receivers: { otlp: { protocols: { grpc: at(ports.grpc), http: at(ports.main) } } },
    processors: { batch: { timeout: '200ms' }, memory_limiter: { check_interval: '1s', limit_mib: 200 } },
    extensions: { healthcheckv2: { use_v2: true, http: { ...at(ports.health), status: { enabled: true } } } },
  };
}

function printingConfig(ports: Ports): unknown {
  const pipeline = { receivers: ['otlp'], processors: ['memory_limiter', 'batch'], exporters: ['debug'] };
  return {
    ...collectorBase(ports),
    exporters: { debug: { verbosity: 'basic' } },
    service: {
      extensions: ['healthcheckv2'],
      telemetry: { metrics: { level: 'none' } },
      pipelines: { traces: pipeline, metrics: pipeline, logs: pipeline },
    },
  };
}
