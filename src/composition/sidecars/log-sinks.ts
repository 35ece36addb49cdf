import { openSearchSink } from '../../platform/log-shipping/opensearch.ts';
import { otlpSink } from '../../platform/log-shipping/otlp.ts';
import type { JournalLine, LogSink } from '../../platform/log-shipping/port.ts';
import { otlpLogs } from '../../platform/telemetry/otlp-logs.ts';
import { LOG_INDEX } from '../telemetry/collector-config.ts';

const SEVERITIES: Readonly<Record<string, number>> = { debug: 5, info: 9, warn: 13, error: 17 };

/** Where the lines of a replica go, in the form that is kept there. */
export function logSink(
  kind: 'otelcol' | 'opensearch',
  url: string,
  { shop, instance }: { readonly shop: string; readonly instance: string },
): LogSink {
  if (kind === 'otelcol') {
    const resource = { 'service.namespace': shop };
    return otlpSink(url, (lines) =>
      otlpLogs(
        lines.map(({ stream, text, heardAt }) => ({ line: { program: instance, stream, text }, heardAt })),
        resource,
      ),
    );
  }
  const resource = {
    'service.namespace': shop,
    'service.name': instance.replace(/-\d+$/, ''),
    'service.instance.id': instance,
  };
  return openSearchSink({ url, index: LOG_INDEX, instance, encode: (line) => document(line, resource) });
}

/** A line as the collector writes it there, too. */
function document({ stream, text, heardAt }: JournalLine, resource: object): object {
  const entry = entryOf(text) ?? { level: stream === 'stderr' ? 'warn' : 'info', time: heardAt, msg: text };
  const { level, time, msg, traceId, spanId, ...attributes } = entry;
  return {
    '@timestamp': new Date(Number(time)).toISOString(),
    observedTimestamp: new Date(heardAt).toISOString(),
    body: String(msg),
    severity: { text: String(level), number: SEVERITIES[String(level)] ?? 0 },
    ...(typeof traceId === 'string' && { traceId }),
    ...(typeof spanId === 'string' && { spanId }),
    ...{ attributes, resource },
  };
}

/** A log entry of ours; undefined for anything else. */
function entryOf(text: string): Readonly<Record<string, unknown>> | undefined {
  if (!text.startsWith('{')) return undefined;
  try {
    const entry = JSON.parse(text) as Readonly<Record<string, unknown>>;
    return Number.isFinite(entry.time) && typeof entry.msg === 'string' ? entry : undefined;
  } catch {
    return undefined;
  }
}
