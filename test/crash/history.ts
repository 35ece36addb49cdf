import { writeFileSync } from 'node:fs';
import type { Answer } from '../scenarios/api.ts';

/** What a client asked for. Requests with one key are one wish, however often they are sent. */
export interface Wish {
  readonly client: number;
  readonly op: 'buy' | 'read' | 'ship' | 'cancel' | 'refund' | 'level' | 'count';
  readonly key?: string;
  readonly order?: string;
  readonly sku?: string;
  readonly quantity?: number;
}

/** All that the clients of a shop have asked and heard, in the order of their asking, for the linearizability checker. */
export interface History {
  /** Sends a request and writes down what came of it; undefined when no answer came. */
  ask(wish: Wish, send: () => Promise<Answer>): Promise<Answer | undefined>;
  /** Notes that everything that was asked for has come to its end. */
  atRest(): void;
  readonly length: number;
  /** Writes it as JSON lines: `start` and `end` (null: no answer) in microseconds of one monotonic clock. */
  write(file: string): void;
}

const microseconds = () => Math.round(performance.now() * 1_000);

export function newHistory(): History {
  const lines: object[] = [];
  return {
    async ask(wish, send) {
      const start = microseconds();
      try {
        const answer = await send();
        lines.push({ ...wish, start, end: microseconds(), status: answer.status, ...heardIn(wish, answer) });
        return answer;
      } catch (error) {
        if (!wasNeverSent(error)) lines.push({ ...wish, start, end: null });
        return undefined;
      }
    },
    atRest() {
      const start = microseconds();
      lines.push({ op: 'rest', start, end: start });
    },
    get length() {
      return lines.length;
    },
    write: (file) => writeFileSync(file, lines.map((line) => `${JSON.stringify(line)}\n`).join('')),
  };
}

/** Nobody listened: the request came to nothing, and is no part of the history. */
function wasNeverSent(error: unknown): boolean {
  const { cause } = error as { cause?: { code?: string } };
  return cause?.code === 'ECONNREFUSED';
}

/** Of an answer, what the checker judges. */
function heardIn({ op }: Wish, { status, body }: Answer): object {
  if (status >= 400) return { code: body?.code, ...(op === 'buy' && body?.orderId && { order: body.orderId }) };
  if (op === 'level' || op === 'count') return { onHand: body.onHand, reserved: body.reserved, sold: body.sold };
  if (op === 'buy') return { order: body.orderId, state: body.status };
  const order = op === 'read' || op === 'cancel' ? body : body.order;
  const lines = order.parcels.flatMap(({ lines }: { lines: readonly { refunded: number }[] }) => lines);
  const refunded = lines.reduce((sum: number, line: { refunded: number }) => sum + line.refunded, 0);
  return { state: order.status, refunded };
}
