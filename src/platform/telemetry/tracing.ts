import { ROOT_CONTEXT, type Span, SpanStatusCode, TraceFlags, trace } from '@opentelemetry/api';
import { resourceFromAttributes } from '@opentelemetry/resources';
import { BasicTracerProvider, BatchSpanProcessor, type SpanProcessor } from '@opentelemetry/sdk-trace-base';
import type { Random } from '../clock/port.ts';
import { loggedRequests } from './logged-requests.ts';
import {
  type ActiveSpan,
  formatTraceparent,
  type Logger,
  parseTraceparent,
  type RecentTraces,
  type SpanAttributes,
  type Tracing,
} from './port.ts';
import { recentTraces } from './recent-traces.ts';
import { underWay } from './under-way.ts';

export interface TracingOptions {
  readonly random: Random;
  /** Share of new traces that are kept, 0 to 1. A trace that came in is kept when its caller keeps it. Default 0.01. */
  readonly ratio?: number;
  /** Base address of an OTLP collector (HTTP); without one traces are kept in memory only. */
  readonly otlpEndpoint?: string;
  /** The process's name in traces. Default `jangteo`. */
  readonly serviceName?: string;
  /** Which of the processes with this name it is. */
  readonly instance?: string;
  /** Where requests whose trace is kept are logged; without it they are not. */
  readonly logger?: Logger;
}

export interface RunningTracing extends Tracing {
  readonly recent: RecentTraces;
  /** Sends what is left and stops. */
  close(): Promise<void>;
}

/** Tracing on OpenTelemetry. The sampler's decision comes first, so a trace that is not kept touches no OpenTelemetry code. */
export async function createTracing(options: TracingOptions): Promise<RunningTracing> {
  const { random, ratio = 0.01 } = options;
  const recent = recentTraces();
  const ids = idGenerator(random);
  const provider = new BasicTracerProvider({
    resource: resourceFromAttributes({
      'service.name': options.serviceName ?? 'jangteo',
      ...(options.instance !== undefined && { 'service.instance.id': options.instance }),
    }),
    idGenerator: ids,
    spanProcessors: [
      recent.processor,
      ...(options.logger ? [loggedRequests(options.logger)] : []),
      ...(await exporting(options.otlpEndpoint)),
    ],
  });
  const tracer = provider.getTracer('jangteo');

  const start = (name: string, attributes: SpanAttributes, given: string | undefined, traceId?: string) => {
    const parent = given ?? underWay.getStore();
    const from = parseTraceparent(parent);
    if (from === undefined) {
      if (ratio === 0 || random.fraction() >= ratio) return undefined;
      ids.nextTraceId = traceId;
      return activeSpan(tracer.startSpan(name, { attributes, root: true }, ROOT_CONTEXT));
    }
    if (!from.sampled) return undefined;
    const remote = { traceId: from.traceId, spanId: from.spanId, traceFlags: TraceFlags.SAMPLED, isRemote: true };
    return activeSpan(tracer.startSpan(name, { attributes }, trace.setSpanContext(ROOT_CONTEXT, remote)));
  };

  return {
    recent,
    current: () => underWay.getStore(),
    begin: start,
    async inSpan(name, attributes, traceparent, work, told) {
      const span = start(name, attributes, traceparent);
      if (span === undefined) return work(traceparent ?? underWay.getStore());
      try {
        const result = await span.within(() => work(span.traceparent));
        span.end(told?.(result));
        return result;
      } catch (error) {
        span.end({}, error);
        throw error;
      }
    },
    close: () => provider.shutdown(),
  };
}

function activeSpan(span: Span): ActiveSpan {
  const { traceId, spanId } = span.spanContext();
  const traceparent = formatTraceparent({ traceId, spanId, sampled: true });
  return {
    traceparent,
    within: (work) => underWay.run(traceparent, work),
    end(attributes, error) {
      if (attributes !== undefined) span.setAttributes(attributes);
      if (error !== undefined) {
        // A message may quote what a person typed; a name cannot.
        span.setAttribute('error.type', error instanceof Error ? error.name : typeof error);
        span.setStatus({ code: SpanStatusCode.ERROR });
      }
      span.end();
    },
  };
}

/** The exporter is loaded only where there is a collector: it is the larger half of OpenTelemetry. */
async function exporting(endpoint: string | undefined): Promise<readonly SpanProcessor[]> {
  if (endpoint === undefined) return [];
  const { OTLPTraceExporter } = await import('@opentelemetry/exporter-trace-otlp-http');
  const exporter = new OTLPTraceExporter({ url: `${endpoint.replace(/\/$/, '')}/v1/traces` });
  return [new BatchSpanProcessor(exporter)];
}

/** Ids from the injected randomness; a new trace takes the id that its request already has. */
function idGenerator(random: Random) {
  const hex = (bytes: number) => Buffer.from(random.bytes(bytes)).toString('hex');
  return {
    nextTraceId: undefined as string | undefined,
    generateTraceId() {
      const id = this.nextTraceId ?? hex(16);
      this.nextTraceId = undefined;
      return id;
    },
    generateSpanId: () => hex(8),
  };
}
