import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import { type Outcome, unknown } from '../../kernel/outcome.ts';
import type { Clock } from '../clock/port.ts';
import { showsToken } from '../http/inside.ts';
import type { HttpRoutes } from '../http/port.ts';
import { type Frame, frameReader, frameWriter, LARGEST_PAYLOAD_BYTES } from './frames.ts';
import { GOING_AWAY, LINK_PATH, LINK_PROTOCOL } from './link.ts';
import type { LocalCalls } from './local.ts';
import { ELSEWHERE, type SentCall } from './remote.ts';

/** How long peers have to take their leave when the server closes, in ms. */
const LEAVE_MS = 2_000;

/** A connection to a peer that asks. */
interface Serving {
  /** Lets the peer hear the answers to what it has asked; resolves when it has left. */
  takeLeave(): Promise<void>;
}

/**
 * Answers the calls of other processes of the shop, which come over connections that are upgraded. Nobody else is let in, and once the
 * server closes nobody at all: peers take their leave when they have heard what they asked, or after two seconds.
 */
export function callRoutes(local: Pick<LocalCalls, 'ask' | 'answers'>, token: string, clock: Clock): HttpRoutes {
  return (http) => {
    const links = new Map<Duplex, Serving>();
    const mayEnter = showsToken(token);
    let isClosing = false;
    http.server.on('upgrade', (request: IncomingMessage, connection: Duplex, first: Buffer) => {
      const { authorization = '', upgrade } = request.headers;
      if (request.url !== LINK_PATH || upgrade !== LINK_PROTOCOL || !mayEnter(authorization))
        return refuse(connection, '404 Not Found');
      // One that came now would keep the server from closing, and whoever asks is better off elsewhere.
      if (isClosing) return refuse(connection, '503 Service Unavailable');
      connection.on('close', () => links.delete(connection));
      connection.on('error', () => undefined);
      connection.write(`HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: ${LINK_PROTOCOL}\r\n\r\n`);
      links.set(connection, answerOn(connection, first, local, clock));
    });
    http.addHook('preClose', async () => {
      isClosing = true;
      await Promise.all([...links.values()].map((serving) => serving.takeLeave()));
    });
  };
}

function answerOn(
  connection: Duplex,
  first: Buffer,
  local: Pick<LocalCalls, 'ask' | 'answers'>,
  clock: Clock,
): Serving {
  const write = frameWriter(connection);
  const answer = async ({ id, payload }: Frame) => {
    const { service, call, request, context } = JSON.parse(payload.toString('utf8')) as SentCall;
    const outcome: Outcome<unknown> | typeof ELSEWHERE = local.answers(service, call)
      ? await local.ask(service, call, request, context)
      : ELSEWHERE;
    const answered = JSON.stringify(outcome);
    // A frame that nobody may send would end the connection, and with it everybody's calls.
    const fits = Buffer.byteLength(answered) <= LARGEST_PAYLOAD_BYTES;
    write(id, fits ? answered : JSON.stringify(unknown('fault')));
    // Whoever does not read its answers is asked to wait with its questions.
    if (connection.writableNeedDrain) connection.pause();
  };
  connection.on('drain', () => connection.resume());
  // Whoever says what is no call speaks another language: nothing more of it is read.
  const giveUp = () => void connection.destroy();
  const read = frameReader((frame) => void answer(frame).catch(giveUp));
  const hear = (part: Buffer) => {
    try {
      read(part);
    } catch {
      giveUp();
    }
  };
  if (first.length > 0) hear(first);
  connection.on('data', hear);
  // The peer has heard all that it asked and will ask nothing more.
  connection.on('end', () => connection.end());
  return {
    takeLeave: () =>
      new Promise((resolve) => {
        const cancel = clock.after(LEAVE_MS, () => connection.destroy());
        connection.on('close', () => {
          cancel();
          resolve();
        });
        write(GOING_AWAY, '');
      }),
  };
}

function refuse(connection: Duplex, status: '404 Not Found' | '503 Service Unavailable'): void {
  connection.end(`HTTP/1.1 ${status}\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`);
}
