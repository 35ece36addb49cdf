import type { Clock } from '../clock/port.ts';

/** A line as a program wrote it. */
export interface WrittenLine {
  /** Whose it is: `orders-1`. */
  readonly program: string;
  readonly stream: 'stdout' | 'stderr';
  readonly text: string;
}

export interface LogShipping {
  /** Base address of an OTLP collector (HTTP). */
  readonly url: string;
  readonly clock: Clock;
  /** What is true of every line: the shop's name. */
  readonly resource?: Readonly<Record<string, string>>;
  /** Lines that wait for the collector, at most; the oldest are dropped. Default 5,000. */
  readonly mostWaiting?: number;
  /** How long lines gather, in ms. Default 500. */
  readonly gatherMs?: number;
  /** Told when the collector stops and begins to take lines, and how many were lost meanwhile. */
  readonly say?: (line: string) => void;
}

/** Brings log lines to a collector. Whoever writes them never waits, and a collector that is away costs the oldest lines, nothing else. */
export interface LogShipper {
  add(line: WrittenLine): void;
  /** Lines that never arrived. */
  dropped(): number;
  /** Sends what waits, for two seconds at most. */
  close(): Promise<void>;
}

const BATCH = 500;
const MOST_PAUSE_MS = 10_000;
const TIMEOUT_MS = 2_000;

export function shipLogs(options: LogShipping): LogShipper {
  const { url, clock, resource = {}, mostWaiting = 5_000, gatherMs = 500, say = () => undefined } = options;
  const address = `${url.replace(/\/$/, '')}/v1/logs`;
  const waiting: { readonly line: WrittenLine; readonly heardAt: number }[] = [];
  let [dropped, failures] = [0, 0];
  let cancel: (() => void) | undefined;
  let sending: Promise<void> | undefined;
  let isClosed = false;

  const later = () => {
    if (cancel !== undefined || sending !== undefined || isClosed) return;
    const pause = failures === 0 ? gatherMs : Math.min(MOST_PAUSE_MS, gatherMs * 2 ** failures);
    cancel = clock.after(pause, () => {
      cancel = undefined;
      sending = send().finally(() => {
        sending = undefined;
        if (waiting.length > 0) later();
      });
    });
  };

  async function send(): Promise<void> {
    const batch = waiting.splice(0, BATCH);
    try {
      const answer = await fetch(address, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify(otlpLogs(batch, resource)),
        signal: AbortSignal.timeout(TIMEOUT_MS),
      });
      await answer.arrayBuffer();
      if (answer.status >= 500 || answer.status === 429) throw new Error(`answered ${answer.status}`);
      // What it refuses for good would be refused again.
      if (!answer.ok) dropped += batch.length;
      if (failures > 0) say(`The collector takes log lines again; ${dropped} were lost.`);
      failures = 0;
    } catch (error) {
      if (failures === 0) say(`The collector takes no log lines (${(error as Error).message}).`);
      failures += 1;
      const room = Math.max(0, mostWaiting - waiting.length);
      const kept = room === 0 ? [] : batch.slice(-room);
      dropped += batch.length - kept.length;
      waiting.unshift(...kept);
    }
  }

  return {
    add(line) {
      if (isClosed) return;
      waiting.push({ line, heardAt: clock.now() });
      if (waiting.length > mostWaiting) {
        waiting.shift();
        dropped += 1;
      }
      later();
    },
    dropped: () => dropped,
    async close() {
      isClosed = true;
      cancel?.();
      await sending;
      if (waiting.length > 0 && failures === 0) await send();
      dropped += waiting.length;
      waiting.length = 0;
    },
  };
}

const SEVERITIES: Readonly<Record<string, number>> = { debug: 5, info: 9, warn: 13, error: 17 };

/** Lines as an OTLP request in JSON: ours with level, time and trace, others as they are. */
export function otlpLogs(
  lines: readonly { readonly line: WrittenLine; readonly heardAt: number }[],
  resource: Readonly<Record<string, string>>,
): object {
  const byProgram = Map.groupBy(lines, ({ line }) => line.program);
  return {
    resourceLogs: [...byProgram].map(([program, own]) => ({
      resource: {
        attributes: attributes({
          ...resource,
          'service.name': program.replace(/-\d+$/, ''),
          'service.instance.id': program,
        }),
      },
      scopeLogs: [{ logRecords: own.map(({ line, heardAt }) => recordOf(line, heardAt)) }],
    })),
  };
}

function recordOf({ text, stream }: WrittenLine, heardAt: number): object {
  const entry = entryOf(text) ?? { level: stream === 'stderr' ? 'warn' : 'info', time: heardAt, msg: text };
  const { level, time, msg, traceId, spanId, ...fields } = entry;
  return {
    timeUnixNano: nanoseconds(Number(time)),
    observedTimeUnixNano: nanoseconds(heardAt),
    severityText: String(level),
    severityNumber: SEVERITIES[String(level)] ?? 0,
    body: { stringValue: String(msg) },
    attributes: attributes(fields),
    ...(isHex(traceId, 32) && { traceId }),
    ...(isHex(spanId, 16) && { spanId }),
  };
}

/** A log entry of ours; undefined for anything else. */
function entryOf(text: string): Readonly<Record<string, unknown>> | undefined {
  if (!text.startsWith('{')) return undefined;
  try {
    const entry = JSON.parse(text) as Readonly<Record<string, unknown>>;
    return typeof entry.time === 'number' && typeof entry.msg === 'string' ? entry : undefined;
  } catch {
    return undefined;
  }
}

function attributes(fields: Readonly<Record<string, unknown>>): object[] {
  return Object.entries(fields).map(([key, value]) => ({ key, value: anyValue(value) }));
}

function anyValue(value: unknown): object {
  if (typeof value === 'string') return { stringValue: value };
  if (typeof value === 'boolean') return { boolValue: value };
  if (typeof value === 'number') return Number.isSafeInteger(value) ? { intValue: value } : { doubleValue: value };
  return { stringValue: JSON.stringify(value) };
}

function isHex(value: unknown, digits: number): value is string {
  return typeof value === 'string' && value.length === digits && /^[0-9a-f]+$/.test(value);
}

/** A number of so many digits is no safe integer any more. */
function nanoseconds(ms: number): string {
  return `${Math.trunc(ms)}000000`;
}
