import type { LogLine } from '../log-shipping/port.ts';

/** What a line tells, whoever wrote it. */
export interface LogEntry {
  readonly level: string;
  /** The level in OpenTelemetry's numbers; 0 for one that is not known. */
  readonly severity: number;
  /** In whole ms since 1970. */
  readonly time: number;
  readonly body: string;
  /** In lower-case hexadecimal digits. */
  readonly traceId?: string;
  readonly spanId?: string;
  /** What else an entry of ours tells. */
  readonly fields: Readonly<Record<string, unknown>>;
}

const SEVERITIES: Readonly<Record<string, number>> = { debug: 5, info: 9, warn: 13, error: 17 };
/** The year 2500: nanoseconds since 1970 are told in 64 bits. */
const LATEST_MS = 16_725_225_600_000;

/** A line as an entry: ours with level, time, trace and fields, any other as it is. Never throws, whatever the line is. */
export function logEntry({ text, stream, heardAt }: Pick<LogLine, 'text' | 'stream' | 'heardAt'>): LogEntry {
  const plain = { level: stream === 'stderr' ? 'warn' : 'info', time: heardAt, msg: text };
  const { level, time, msg, traceId, spanId, ...fields } = oursIn(text) ?? (plain as OurEntry);
  return {
    level: String(level),
    severity: SEVERITIES[String(level)] ?? 0,
    time: Math.trunc(time),
    body: msg,
    ...(isHex(traceId, 32) && { traceId }),
    ...(isHex(spanId, 16) && { spanId }),
    fields,
  };
}

interface OurEntry extends Readonly<Record<string, unknown>> {
  readonly time: number;
  readonly msg: string;
}

/** An entry of ours; undefined for anything else, such as one of a time that nobody can live in. */
function oursIn(text: string): OurEntry | undefined {
  if (!text.startsWith('{')) return undefined;
  try {
    const entry = JSON.parse(text) as OurEntry;
    const isTime = typeof entry.time === 'number' && entry.time >= 0 && entry.time <= LATEST_MS;
    return isTime && typeof entry.msg === 'string' ? entry : undefined;
  } catch {
    return undefined;
  }
}

function isHex(value: unknown, digits: number): value is string {
  return typeof value === 'string' && value.length === digits && /^[0-9a-f]+$/.test(value);
}
