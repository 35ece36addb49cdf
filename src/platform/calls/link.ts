import { request as httpRequest, type IncomingMessage } from 'node:http';
import { request as httpsRequest } from 'node:https';
import type { Duplex } from 'node:stream';
import type { Clock } from '../clock/port.ts';
import { frameReader, frameWriter } from './frames.ts';

/** Where a process answers its peers, and the protocol that is spoken there once the connection is upgraded (RFC 9110 §7.8). */
export const LINK_PATH = '/internal/calls';
export const LINK_PROTOCOL = 'jangteo-calls-1';
/** The id of the frame by which a process asks its peers to come again by another connection: it is about to end this one. */
export const GOING_AWAY = 0;

/**
 * What became of a question: the answer; `not-sent`: the peer has not taken it, for certain; `full`: nor has it this one, for too much
 * waits for it already; `broken`: it was sent, its fate is unknown; `timeout`: likewise, for nobody answered in time; `refused`: the
 * peer does not speak with us.
 */
export type LinkResult = Buffer | 'not-sent' | 'full' | 'broken' | 'timeout' | 'refused';

/** One connection to a peer, over which many ask at once and are answered in whatever order. */
export interface Link {
  /** False once it will take nothing any more: the next question needs a link of its own. */
  readonly takes: boolean;
  /** Asks a question of at most `LARGEST_PAYLOAD_BYTES`. Never rejects. */
  ask(payload: string): Promise<LinkResult>;
  /** Breaks off what is under way. */
  destroy(): void;
}

export interface LinkOptions {
  readonly origin: string;
  readonly token: string;
  readonly clock: Clock;
  /** After this long without an answer a question is given up, in ms. */
  readonly timeoutMs: number;
  /** Told, once or more, when the link has ended and nothing waits for it any more. */
  readonly ended?: () => void;
}

/** So many questions wait for their answers at most: more than the guards of all services let through together. */
export const MOST_WAITING = 16_384;
/** A question is taken while less than this waits to be sent: a peer that is paused reads nothing for seconds. */
export const MOST_UNSENT_BYTES = 32 * 1024 ** 2;
const CONNECT_MS = 2_000;
const NOBODY_THERE = new Set([421, 502, 503, 504]);
const MOST_IDS = 2 ** 32 - 1;

interface Waiting {
  readonly since: number;
  readonly settle: (result: LinkResult) => void;
}

/** Connects at once; what is asked meanwhile is sent when the connection is there. */
export function openLink({ origin, token, clock, timeoutMs, ended = () => undefined }: LinkOptions): Link {
  const waiting = new Map<number, Waiting>();
  let unsent: [number, string][] = [];
  let unsentLength = 0;
  let connection: Duplex | undefined;
  let write: ((id: number, payload: string) => void) | undefined;
  let takes = true;
  let lastId = GOING_AWAY;
  let cancelLook: (() => void) | undefined;

  const end = (result: LinkResult) => {
    takes = false;
    cancelLook?.();
    const asked = [...waiting.values()];
    waiting.clear();
    for (const { settle } of asked) settle(result);
    ended();
  };
  const asking = (origin.startsWith('https:') ? httpsRequest : httpRequest)(`${origin}${LINK_PATH}`, {
    headers: { authorization: `Bearer ${token}`, connection: 'Upgrade', upgrade: LINK_PROTOCOL },
    agent: false,
  });
  const cancelConnect = clock.after(CONNECT_MS, () => asking.destroy(new Error('the peer took too long to answer')));
  asking.on('upgrade', (_answer: IncomingMessage, upgraded: Duplex, first: Buffer) => {
    cancelConnect();
    connection = upgraded;
    if (!takes) return void upgraded.destroy();
    write = frameWriter(upgraded);
    const read = frameReader(({ id, payload }) => {
      if (id === GOING_AWAY) return leave();
      const asked = waiting.get(id);
      waiting.delete(id);
      asked?.settle(payload);
      endIfDone();
    });
    const hear = (part: Buffer) => {
      try {
        read(part);
      } catch (error) {
        upgraded.destroy(error as Error);
      }
    };
    if (first.length > 0) hear(first);
    upgraded.on('data', hear);
    upgraded.on('error', () => undefined);
    upgraded.on('close', () => end('broken'));
    for (const [id, payload] of unsent) write(id, payload);
    unsent = [];
  });
  asking.on('response', (answer) => {
    answer.resume();
    cancelConnect();
    // A proxy beside us or beside the peer says that nobody is there; no question has been sent yet.
    end(NOBODY_THERE.has(answer.statusCode ?? 0) ? 'not-sent' : 'refused');
  });
  asking.on('error', () => {
    cancelConnect();
    if (connection === undefined) end('not-sent');
  });
  asking.end();

  function endIfDone(): void {
    if (!takes && waiting.size === 0) connection?.end();
  }

  /** What was asked is still answered; whoever asks from now on takes another link. */
  function leave(): void {
    takes = false;
    endIfDone();
  }

  /** Answers come in time nearly always: one timer looks after all of them. */
  function look(): void {
    cancelLook = undefined;
    const late = clock.now() - timeoutMs;
    for (const [id, { since, settle }] of waiting) {
      if (since > late) break;
      waiting.delete(id);
      settle('timeout');
    }
    if (waiting.size > 0) lookLater();
    endIfDone();
  }
  function lookLater(): void {
    const [first] = waiting.values();
    cancelLook = clock.after(Math.max(1, (first?.since ?? 0) + timeoutMs - clock.now()), look);
  }

  return {
    get takes() {
      return takes;
    },
    ask(payload) {
      if (!takes) return Promise.resolve('not-sent');
      const unsentBytes = connection?.writableLength ?? unsentLength;
      if (waiting.size >= MOST_WAITING || unsentBytes >= MOST_UNSENT_BYTES) return Promise.resolve('full');
      lastId = lastId === MOST_IDS ? 1 : lastId + 1;
      const id = lastId;
      return new Promise((settle) => {
        waiting.set(id, { since: clock.now(), settle });
        if (write !== undefined) write(id, payload);
        else {
          unsent.push([id, payload]);
          unsentLength += payload.length;
        }
        if (cancelLook === undefined) lookLater();
      });
    },
    destroy() {
      end(connection === undefined ? 'not-sent' : 'broken');
      if (connection === undefined) asking.destroy();
      else connection.destroy();
    },
  };
}
