import type { HrTime, SpanAttributes as OtelAttributes } from '@opentelemetry/api';
import { SpanStatusCode } from '@opentelemetry/api';
import type { ReadableSpan, SpanProcessor } from '@opentelemetry/sdk-trace-base';
import type { FinishedSpan, RecentTraces, SpanAttributes } from './port.ts';

/** Keeps the spans of the last traces in memory, bounded in both; the oldest trace goes first. */
export function recentTraces(mostTraces = 500, mostSpans = 500): RecentTraces & { readonly processor: SpanProcessor } {
  const traces = new Map<string, FinishedSpan[]>();

  const keep = (span: ReadableSpan) => {
    const { traceId } = span.spanContext();
    let spans = traces.get(traceId);
    if (spans === undefined) {
      spans = [];
      traces.set(traceId, spans);
      const [oldest] = traces.keys();
      if (traces.size > mostTraces && oldest !== undefined) traces.delete(oldest);
    }
    if (spans.length < mostSpans) spans.push(finished(span));
  };

  return {
    trace: (traceId) => traces.get(traceId)?.toSorted((a, b) => a.startedAt - b.startedAt),
    processor: {
      onStart() {},
      onEnd: keep,
      forceFlush: async () => {},
      shutdown: async () => traces.clear(),
    },
  };
}

function finished(span: ReadableSpan): FinishedSpan {
  const parentSpanId = span.parentSpanContext?.spanId;
  return {
    name: span.name,
    spanId: span.spanContext().spanId,
    ...(parentSpanId === undefined ? {} : { parentSpanId }),
    startedAt: milliseconds(span.startTime),
    durationMs: milliseconds(span.duration),
    failed: span.status.code === SpanStatusCode.ERROR,
    attributes: plain(span.attributes),
  };
}

function milliseconds([seconds, nanoseconds]: HrTime): number {
  return seconds * 1_000 + nanoseconds / 1e6;
}

function plain(attributes: OtelAttributes): SpanAttributes {
  return Object.fromEntries(
    Object.entries(attributes).filter(
      (entry): entry is [string, string | number | boolean] => typeof entry[1] !== 'object',
    ),
  );
}
