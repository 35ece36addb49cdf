import { openSearchSink } from '../../platform/log-shipping/opensearch.ts';
import { otlpSink } from '../../platform/log-shipping/otlp.ts';
import type { LogLine, LogSink } from '../../platform/log-shipping/port.ts';
import { logEntry } from '../../platform/telemetry/log-entry.ts';
import { otlpLogs, resourceOf } from '../../platform/telemetry/otlp-logs.ts';
import { LOG_INDEX } from '../telemetry/collector-config.ts';

/** Where the lines of a shop go, in the form that is kept there. */
export function logSink(kind: 'otelcol' | 'opensearch', url: string, shop: string): LogSink {
  const resource = { 'service.namespace': shop };
  return kind === 'otelcol'
    ? otlpSink(url, (lines) => otlpLogs(lines, resource))
    : openSearchSink({ url, index: LOG_INDEX, encode: (line) => document(line, resource) });
}

/** A line as the collector writes it there, too. */
function document(line: LogLine, resource: object): object {
  const { level, severity, time, body, traceId, spanId, fields } = logEntry(line);
  return {
    '@timestamp': new Date(time).toISOString(),
    observedTimestamp: new Date(line.heardAt).toISOString(),
    body,
    severity: { text: level, number: severity },
    ...(traceId !== undefined && { traceId }),
    ...(spanId !== undefined && { spanId }),
    attributes: fields,
    resource: { ...resource, ...resourceOf(line.program) },
  };
}
