import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { Socket } from 'node:net';

/** A process behind a proxy, for its tests: it tells what it got, and breaks off when it is told to. */
export interface TinyProcess {
  readonly port: number;
  /** Requests that have arrived, `POST /orders` by number. */
  readonly received: Readonly<Record<string, number>>;
  /** So many requests that come next get no answer. */
  breakNext(count: number): void;
  /** Refuses connections from now on, and drops those that are open. */
  close(): Promise<void>;
  open(): Promise<void>;
}

export async function tinyProcess(port: number): Promise<TinyProcess> {
  const received: Record<string, number> = {};
  const sockets = new Set<Socket>();
  let broken = 0;
  const answer = (request: IncomingMessage, response: ServerResponse) => {
    const key = `${request.method} ${request.url}`;
    received[key] = (received[key] ?? 0) + 1;
    if (broken > 0) {
      broken -= 1;
      return void request.socket.destroy();
    }
    if (request.url === '/stream') return stream(response);
    if (request.url === '/busy') return void response.writeHead(503, { 'retry-after': '7' }).end('{"busy":true}');
    let body = '';
    request.setEncoding('utf8').on('data', (part: string) => {
      body += part;
    });
    request.on('end', () => {
      response.setHeader('content-type', 'application/json');
      response.end(JSON.stringify({ headers: request.headers, method: request.method, url: request.url, body }));
    });
  };
  const server = createServer(answer);
  server.keepAliveTimeout = 75_000;
  server.on('connection', (socket) => {
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket));
  });
  // Says back what it hears, as whoever has something of its own to say over a connection would.
  server.on('upgrade', (request: IncomingMessage, socket: Socket) => {
    socket.write(
      `HTTP/1.1 101 Switching Protocols\r\nconnection: upgrade\r\nupgrade: ${request.headers.upgrade}\r\n\r\n`,
    );
    socket.on('data', (part) => socket.write(part)).on('error', () => socket.destroy());
  });
  const open = () => new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve));
  await open();
  return {
    ...{ port, received, open },
    breakNext(count) {
      broken = count;
    },
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        for (const socket of sockets) socket.destroy();
      }),
  };
}

/** A line every 50 ms, until whoever listens goes. */
function stream(response: ServerResponse): void {
  response.writeHead(200, { 'content-type': 'application/x-ndjson' });
  const ticking = setInterval(() => response.write(`${Date.now()}\n`), 50);
  response.on('close', () => clearInterval(ticking));
}
