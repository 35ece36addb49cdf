import { createHash } from 'node:crypto';
import type { LogSink, NumberedLine } from './port.ts';
import { type Poster, postJson } from './post.ts';

export interface OpenSearchSinkOptions {
  readonly url: string;
  /** Begins the name of a day's index: `jangteo-logs`, then `-2026.11.21`. */
  readonly index: string;
  /** A line as the index keeps it. */
  readonly encode: (line: NumberedLine) => object;
}

interface BulkAnswer {
  readonly items?: readonly { readonly create?: { readonly status: number } }[];
}

const [EXISTS, TOO_MANY, UNAVAILABLE] = [409, 429, 503];

/**
 * OpenSearch itself, by `_bulk`. A line's name follows from what it is, so that one that is sent again is kept once. What is refused
 * because there is too much to do is sent again, with all of its batch.
 */
export function openSearchSink({ url, index, encode }: OpenSearchSinkOptions, post: Poster = postJson): LogSink {
  const address = `${url.replace(/\/$/, '')}/_bulk`;
  return {
    async send(lines, signal) {
      const body = lines.map((line) => `${action(line)}\n${JSON.stringify(encode(line))}\n`).join('');
      const answer = await post(address, body, { type: 'application/x-ndjson', signal });
      if (answer.kind === 'later') return answer;
      if (answer.status >= 300) return { kind: 'taken', refused: lines.length };
      const statuses = ((answer.body as BulkAnswer | undefined)?.items ?? []).map(
        ({ create }) => create?.status ?? 500,
      );
      if (statuses.some((status) => status === TOO_MANY || status === UNAVAILABLE))
        return { kind: 'later', why: 'OpenSearch has too much to do' };
      return { kind: 'taken', refused: statuses.filter((status) => status >= 300 && status !== EXISTS).length };
    },
  };

  function action({ program, number, heardAt, text }: NumberedLine): string {
    const day = new Date(heardAt).toISOString().slice(0, 10).replaceAll('-', '.');
    const name = createHash('sha256')
      .update(`${program} ${number} ${heardAt} ${text}`)
      .digest('base64url')
      .slice(0, 27);
    return JSON.stringify({ create: { _index: `${index}-${day}`, _id: name } });
  }
}
