import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import { type Outcome, unknown } from '../../kernel/outcome.ts';
import { showsToken } from '../http/inside.ts';
import type { HttpRoutes } from '../http/port.ts';
import { type Frame, frameReader, frameWriter, LARGEST_PAYLOAD_BYTES } from './frames.ts';
import { GOING_AWAY, LINK_PATH, LINK_PROTOCOL } from './link.ts';
import type { LocalCalls } from './local.ts';
import { ELSEWHERE, type SentCall } from './remote.ts';

/** How long peers have to take their leave when the server closes, in ms. */
const LEAVE_MS = 2_000;

/** Answers the calls of other processes of the shop, which come over connections that are upgraded. Nobody else is let in. */
export function callRoutes(local: Pick<LocalCalls, 'ask' | 'answers'>, token: string): HttpRoutes {
  return (http) => {
    const links = new Set<Duplex>();
    const mayEnter = showsToken(token);
    http.server.on('upgrade', (request: IncomingMessage, connection: Duplex, first: Buffer) => {
      const { authorization = '', upgrade } = request.headers;
      if (request.url !== LINK_PATH || upgrade !== LINK_PROTOCOL || !mayEnter(authorization)) return refuse(connection);
      links.add(connection);
      connection.on('close', () => links.delete(connection));
      connection.on('error', () => undefined);
      connection.write(`HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: ${LINK_PROTOCOL}\r\n\r\n`);
      answerOn(connection, first, local);
    });
    http.addHook('preClose', async () => {
      await Promise.all([...links].map(takeLeave));
    });
  };
}

function answerOn(connection: Duplex, first: Buffer, local: Pick<LocalCalls, 'ask' | 'answers'>): void {
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
  };
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
}

/** To everybody else there is nothing at this address. */
function refuse(connection: Duplex): void {
  connection.end('HTTP/1.1 404 Not Found\r\nConnection: close\r\nContent-Length: 0\r\n\r\n');
}

/** Lets a peer hear the answers to what it has asked; resolves when it has left. */
function takeLeave(connection: Duplex): Promise<void> {
  return new Promise((resolve) => {
    connection.on('close', resolve);
    frameWriter(connection)(GOING_AWAY, '');
    setTimeout(() => connection.destroy(), LEAVE_MS).unref();
  });
}
