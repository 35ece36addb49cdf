import type { LogLine } from '../log-shipping/port.ts';
import { logEntry } from './log-entry.ts';

/** Lines as an OTLP request in JSON; `resource` is what is true of all of them. */
export function otlpLogs(lines: readonly LogLine[], resource: Readonly<Record<string, string>>): object {
  const byProgram = Map.groupBy(lines, ({ program }) => program);
  return {
    resourceLogs: [...byProgram].map(([program, own]) => ({
      resource: { attributes: attributes({ ...resource, ...resourceOf(program) }) },
      scopeLogs: [{ logRecords: own.map(recordOf) }],
    })),
  };
}

/** Whose lines these are, in OpenTelemetry's words: the second of `orders` is `orders-2`. */
export function resourceOf(program: string): Readonly<Record<string, string>> {
  return { 'service.name': program.replace(/-\d+$/, ''), 'service.instance.id': program };
}

function recordOf(line: LogLine): object {
  const { level, severity, time, body, traceId, spanId, fields } = logEntry(line);
  return {
    timeUnixNano: nanoseconds(time),
    observedTimeUnixNano: nanoseconds(line.heardAt),
    severityText: level,
    severityNumber: severity,
    body: { stringValue: body },
    attributes: attributes(fields),
    ...(traceId !== undefined && { traceId }),
    ...(spanId !== undefined && { spanId }),
  };
}

function attributes(fields: Readonly<Record<string, unknown>>): object[] {
  return Object.entries(fields).map(([key, value]) => ({ key, value: anyValue(value) }));
}

function anyValue(value: unknown): object {
  if (typeof value === 'string') return { stringValue: value };
  if (typeof value === 'boolean') return { boolValue: value };
  if (Number.isSafeInteger(value)) return { intValue: value };
  // JSON has no number without end, though 1e999 is read as one.
  if (Number.isFinite(value)) return { doubleValue: value };
  return { stringValue: typeof value === 'number' ? String(value) : JSON.stringify(value) };
}

/** A number of so many digits is no safe integer any more. */
function nanoseconds(ms: number): string {
  return `${Math.trunc(ms)}000000`;
}
