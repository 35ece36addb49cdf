import { connect, type Socket } from 'node:net';

/** What came back: the status, and the body as text. */
export interface Answer {
  readonly status: number;
  readonly body: string;
}

/** One keep-alive HTTP/1.1 connection of the load generator: as thin as can be, so that the shop is what is measured. */
export interface Connection {
  /** Sends one request and waits for its answer; one at a time. Throws when the connection breaks. */
  ask(method: string, path: string, headers?: string, body?: string): Promise<Answer>;
  close(): void;
}

const CRLF = '\r\n';

/** Opens a connection to a loopback port. It reads answers with a Content-Length, as the shop gives them. */
export function openConnection(port: number): Promise<Connection> {
  return new Promise((resolve, reject) => {
    const socket = connect({ port, host: '127.0.0.1', noDelay: true });
    socket.once('error', reject);
    socket.once('connect', () => resolve(overSocket(socket)));
  });
}

function overSocket(socket: Socket): Connection {
  let pending: { resolve(answer: Answer): void; reject(error: Error): void } | undefined;
  let received: Buffer = Buffer.alloc(0);
  const fail = (error: Error) => {
    pending?.reject(error);
    pending = undefined;
  };
  socket.on('error', fail);
  socket.on('close', () => fail(new Error('the shop closed the connection')));
  socket.on('data', (chunk: Buffer) => {
    received = received.length === 0 ? chunk : Buffer.concat([received, chunk]);
    const answer = parseAnswer(received);
    if (answer === undefined || pending === undefined) return;
    const { resolve } = pending;
    pending = undefined;
    received = Buffer.alloc(0);
    resolve(answer);
  });
  return {
    ask(method, path, headers = '', body = '') {
      const type =
        body === '' ? '' : `content-type: application/json${CRLF}content-length: ${Buffer.byteLength(body)}${CRLF}`;
      return new Promise((resolve, reject) => {
        pending = { resolve, reject };
        socket.write(`${method} ${path} HTTP/1.1${CRLF}host: localhost${CRLF}${headers}${type}${CRLF}${body}`);
      });
    },
    close: () => socket.destroy(),
  };
}

function parseAnswer(bytes: Buffer): Answer | undefined {
  const end = bytes.indexOf('\r\n\r\n');
  if (end < 0) return undefined;
  const head = bytes.toString('latin1', 0, end);
  const status = Number(head.slice(9, 12));
  const length = Number(/content-length: *(\d+)/i.exec(head)?.[1] ?? 0);
  if (bytes.length < end + 4 + length) return undefined;
  return { status, body: bytes.toString('utf8', end + 4, end + 4 + length) };
}
