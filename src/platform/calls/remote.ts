import type { CallContext } from '../../kernel/contract.ts';
import { type Outcome, unknown } from '../../kernel/outcome.ts';
import type { Clock } from '../clock/port.ts';
import { isSampled } from '../telemetry/port.ts';
import { LARGEST_PAYLOAD_BYTES } from './frames.ts';
import { type Link, type LinkResult, openLink } from './link.ts';

/** A call as it travels. */
export interface SentCall {
  readonly service: string;
  readonly call: string;
  readonly request: unknown;
  readonly context: CallContext;
}

/** Answered by a process that does not lead the service: nothing has happened, ask another. */
export const ELSEWHERE = 'elsewhere';

/** Asks other processes of the shop. */
export interface RemoteAsking {
  /** The outcome, or `elsewhere` when it is certain that the process has not taken the call. It never throws. */
  ask(
    origin: string,
    service: string,
    call: string,
    request: unknown,
    context: CallContext,
  ): Promise<Outcome<unknown> | typeof ELSEWHERE>;
  /** Breaks off what is under way to a process that is known to be gone: each such call is `unknown: unreachable`. */
  drop(origin: string): void;
  /** Breaks off all that is under way. */
  close(): Promise<void>;
}

export interface RemoteAskingOptions {
  /** What processes of the shop show each other. */
  readonly token: string;
  readonly clock: Clock;
  /** After this long without an answer a call is given up, in ms. */
  readonly timeoutMs: number;
}

/**
 * Calls as JSON, all those to one process over one connection: a request of its own for each would cost several times what most
 * of them do.
 */
export function remoteAsking({ token, clock, timeoutMs }: RemoteAskingOptions): RemoteAsking {
  /** Of each process the link that takes questions, and those that only wait for their last answers. */
  const links = new Map<string, Set<Link>>();
  const linkTo = (origin: string): Link => {
    const known = links.get(origin) ?? new Set();
    for (const link of known) if (link.takes) return link;
    const link = openLink({
      ...{ origin, token, clock, timeoutMs },
      ended() {
        if (known.delete(link) && known.size === 0) links.delete(origin);
      },
    });
    links.set(origin, known.add(link));
    return link;
  };
  const drop = (origin: string) => {
    for (const link of links.get(origin) ?? []) link.destroy();
  };

  return {
    async ask(origin, service, call, request, { traceparent, ...context }) {
      const sent: SentCall = {
        ...{ service, call, request },
        context: isSampled(traceparent) ? { ...context, traceparent } : context,
      };
      const payload = JSON.stringify(sent);
      // Bytes are at least as many as characters.
      if (payload.length > LARGEST_PAYLOAD_BYTES || Buffer.byteLength(payload) > LARGEST_PAYLOAD_BYTES)
        return unknown('fault');
      return outcomeOf(await linkTo(origin).ask(payload));
    },
    drop,
    async close() {
      for (const origin of [...links.keys()]) drop(origin);
    },
  };
}

function outcomeOf(result: LinkResult): Outcome<unknown> | typeof ELSEWHERE {
  switch (result) {
    case 'not-sent':
      return ELSEWHERE;
    case 'full':
      return unknown('overloaded');
    case 'broken':
      return unknown('unreachable');
    case 'timeout':
      return unknown('timeout');
    case 'refused':
      return unknown('fault');
    default:
      return read(result);
  }
}

function read(answer: Buffer): Outcome<unknown> | typeof ELSEWHERE {
  try {
    return JSON.parse(answer.toString('utf8')) as Outcome<unknown> | typeof ELSEWHERE;
  } catch {
    return unknown('fault');
  }
}
