import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { type AddressInfo, connect, createServer as createSocketServer, type Socket } from 'node:net';
import { systemClock } from '../clock/system.ts';
import { openHop } from './hop.ts';
import type { Hop, HopOptions, HopResult, HopTarget } from './port.ts';

/** A socket that keeps what it hears, so that a test can wait for a part of it. */
export interface Heard {
  readonly socket: Socket;
  readonly text: string;
  /** Resolves when `part` has been heard; throws when the other side closes before. */
  until(part: string): Promise<void>;
  /** Resolves with all that was heard when the connection is closed, however that happens. */
  closed(): Promise<string>;
}

export function hearing(socket: Socket): Heard {
  let text = '';
  let gone = false;
  const waiting = new Set<() => void>();
  const wake = () => {
    for (const each of waiting) each();
  };
  socket.setEncoding('latin1');
  socket.on('data', (chunk) => {
    text += chunk;
    wake();
  });
  socket.on('error', () => {});
  socket.on('close', () => {
    gone = true;
    wake();
  });
  const when = (isSo: () => boolean) =>
    new Promise<void>((resolve, reject) => {
      const look = () => {
        if (!isSo() && !gone) return;
        waiting.delete(look);
        if (isSo()) resolve();
        else reject(new Error(`closed after: ${text}`));
      };
      waiting.add(look);
      look();
    });
  return {
    socket,
    get text() {
      return text;
    },
    until: (part) => when(() => text.includes(part)),
    closed: () => when(() => gone).then(() => text),
  };
}

const opened: { close(): unknown }[] = [];

/** Closes it with all the rest. */
export const keep = (each: { close(): unknown }) => void opened.push(each);

/** Closes all that this file opened; for `afterEach`. */
export async function closeAll(): Promise<void> {
  for (const each of opened.splice(0).reverse()) await each.close();
}

/** An upstream that speaks in raw bytes: `behave` gets each connection that says something. */
export async function rawUpstream(behave: (heard: Heard) => unknown): Promise<string> {
  const sockets = new Set<Socket>();
  const server = createSocketServer((socket) => {
    sockets.add(socket);
    const heard = hearing(socket);
    socket.once('data', () => void behave(heard));
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  opened.push({
    close() {
      for (const socket of sockets) socket.destroy();
      server.close();
    },
  });
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

/** An upstream that answers each request with these bytes, once its head has come. */
export const answering = (answer: string, end = false) =>
  rawUpstream(async (heard) => {
    await heard.until('\r\n\r\n');
    if (end) heard.socket.end(answer, 'latin1');
    else heard.socket.write(answer, 'latin1');
  });

/** An upstream of Node's own server. */
export async function upstream(
  answer: (request: IncomingMessage, response: ServerResponse) => unknown,
): Promise<string> {
  const server = createServer((request, response) => void answer(request, response));
  return `http://127.0.0.1:${await listening(server)}`;
}

export interface Proxy {
  readonly port: number;
  /** What became of each request, in the order in which that was known. */
  readonly results: HopResult[];
  /** Resolves with the next result. */
  next(): Promise<HopResult>;
  /** Sends these bytes on a connection of their own. */
  send(bytes: string): Promise<Heard>;
  readonly drop: Hop['drop'];
}

/** A server that does nothing but hop to the first target that takes the request; what it cannot do is answered 599 with the result's kind. */
export async function proxyTo(targets: string | readonly HopTarget[], options: HopOptions = {}): Promise<Proxy> {
  const all = typeof targets === 'string' ? [{ origin: targets }] : targets;
  const hop = openHop({ clock: systemClock, ...options });
  const results: HopResult[] = [];
  const waiting: ((result: HopResult) => void)[] = [];
  const server = createServer(async (request, response) => {
    for (const target of all) {
      const result = await hop.forward(request, response, target);
      results.push(result);
      waiting.shift()?.(result);
      if (result.kind === 'answered' || result.kind === 'left') return;
      if (result.kind !== 'not-sent') break;
    }
    response.writeHead(599, { 'content-type': 'text/plain' }).end(results.at(-1)?.kind);
  });
  const port = await listening(server);
  opened.push(hop);
  return {
    port,
    results,
    next: () => new Promise((resolve) => waiting.push(resolve)),
    send: (bytes) => talkTo(port, bytes),
    drop: hop.drop,
  };
}

/** Sends these bytes to a port on a connection of their own. */
export async function talkTo(port: number, bytes: string): Promise<Heard> {
  const socket = connect(port, '127.0.0.1');
  opened.push({ close: () => socket.destroy() });
  await once(socket, 'connect');
  socket.write(bytes, 'latin1');
  return hearing(socket);
}

/** Lets a server listen; resolves with its port. */
export async function listening(server: Server): Promise<number> {
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  opened.push({
    close() {
      server.closeAllConnections();
      server.close();
    },
  });
  return (server.address() as AddressInfo).port;
}
