import { type DestinationStream, destination, pino } from 'pino';
import { type Logger, parseTraceparent } from './port.ts';
import { redacted, redactedText } from './redaction.ts';
import { underWay } from './under-way.ts';

export type LogLevel = 'debug' | 'info' | 'warn' | 'error' | 'silent';

export interface LoggerOptions {
  /** Default `info`. */
  readonly level?: LogLevel;
  /** One readable line an entry instead of JSON: for a terminal. */
  readonly pretty?: boolean;
  /** Where lines go; standard output by default. */
  readonly write?: (line: string) => void;
}

/** A logger on pino. Every field and message is redacted before it is written. */
export function createLogger(options: LoggerOptions = {}): Logger {
  const out = options.write ?? toStandardOutput();
  const stream: DestinationStream = { write: (line) => out(options.pretty ? prettyLine(line) : line) };
  const settings = {
    level: options.level ?? 'info',
    base: null,
    formatters: { level: (label: string) => ({ level: label }) },
    mixin: traceUnderWay,
  };
  return adapted(pino(settings, stream));
}

/** Which trace a line belongs to, where one is kept. */
function traceUnderWay(): object {
  const trace = parseTraceparent(underWay.getStore());
  return trace === undefined ? {} : { traceId: trace.traceId, spanId: trace.spanId };
}

function toStandardOutput(): (line: string) => void {
  const stdout = destination({ dest: 1, sync: true });
  return (line) => void stdout.write(line);
}

type Level = 'debug' | 'info' | 'warn' | 'error';
type Pino = ReturnType<typeof pino>;

function adapted(inner: Pino): Logger {
  const write = (level: Level) => (fields: object, message: string) => {
    if (inner.isLevelEnabled(level)) inner[level](redacted(fields) as object, redactedText(message));
  };
  return {
    debug: write('debug'),
    info: write('info'),
    warn: write('warn'),
    error: write('error'),
    child: (fields) => adapted(inner.child(redacted(fields) as object)),
  };
}

const COLOURS: Readonly<Record<string, string>> = { debug: '\x1b[90m', warn: '\x1b[33m', error: '\x1b[31m' };
const DIM = '\x1b[2m';
const RESET = '\x1b[0m';

/** A line of a logger for a person: `12:03:04 warn message service=orders`; an error's stack on the lines below. */
export function prettyLine(line: string): string {
  const { level, time, msg, err, ...fields } = JSON.parse(line) as Record<string, unknown>;
  const clock = new Date(Number(time)).toTimeString().slice(0, 8);
  const label = level === 'info' ? '' : `${COLOURS[String(level)] ?? ''}${level}${RESET} `;
  const rest = Object.entries(fields).map(
    ([name, value]) => `${name}=${typeof value === 'string' ? value : JSON.stringify(value)}`,
  );
  const details = rest.length === 0 ? '' : ` ${DIM}${rest.join(' ')}${RESET}`;
  return `${DIM}${clock}${RESET} ${label}${msg}${details}${stackOf(err)}\n`;
}

function stackOf(error: unknown): string {
  if (error === null || typeof error !== 'object') return '';
  const { stack, message } = error as { stack?: unknown; message?: unknown };
  return `\n${String(stack || message)}`;
}
