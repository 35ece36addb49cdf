import type { Logger, Metrics, Tracing } from './port.ts';

/** Says nothing; for tests and for parts that run without telemetry. */
export const silentLogger: Logger = {
  debug() {},
  info() {},
  warn() {},
  error() {},
  child: () => silentLogger,
};

/** Measures nothing. */
export const noMetrics: Pick<Metrics, 'watch' | 'groupCommitted'> = {
  watch: () => () => undefined,
  groupCommitted() {},
};

/** Traces nothing; passes on the traceparent that came in. */
export const noTracing: Tracing = {
  inSpan: (_name, _attributes, traceparent, work) => work(traceparent),
  begin: () => undefined,
  current: () => undefined,
};
