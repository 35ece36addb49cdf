import type { LogLine, LogSink, NumberedLine } from './port.ts';
import { type Poster, postJson } from './post.ts';

/**
 * A collector that speaks OTLP over HTTP. `encode` makes a request of lines. OTLP has no name for a line: one that is sent again is there
 * twice.
 */
export function otlpSink(url: string, encode: (lines: readonly LogLine[]) => object, post: Poster = postJson): LogSink {
  const address = `${url.replace(/\/$/, '')}/v1/logs`;
  const sink: LogSink = {
    async send(lines, signal) {
      const answer = await post(address, JSON.stringify(encode(lines)), { signal });
      if (answer.kind === 'later') return answer;
      if (answer.status === 413 && lines.length > 1) return halves(sink, lines, signal);
      if (answer.status >= 300) return { kind: 'taken', refused: lines.length };
      const { partialSuccess } = (answer.body ?? {}) as { partialSuccess?: { rejectedLogRecords?: number | string } };
      return { kind: 'taken', refused: Number(partialSuccess?.rejectedLogRecords ?? 0) };
    },
  };
  return sink;
}

/** What is too much at once. When only the first half was taken all of it is sent again. */
async function halves(sink: LogSink, lines: readonly NumberedLine[], signal: AbortSignal | undefined) {
  const half = lines.length >> 1;
  const one = await sink.send(lines.slice(0, half), signal);
  if (one.kind === 'later') return one;
  const other = await sink.send(lines.slice(half), signal);
  return other.kind === 'later' ? other : { kind: 'taken' as const, refused: one.refused + other.refused };
}
