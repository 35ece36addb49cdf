import { connect, type Socket } from 'node:net';

/** What came back: the status, and the body as text. */
export interface Answer {
  readonly status: number;
  readonly body: string;
}

/** One keep-alive HTTP/1.1 connection of the load generator: as thin as can be, for it runs beside the shop on the same cores. */
export interface Connection {
  /** Sends one request and waits for its answer; one at a time. Throws when the connection breaks. */
  ask(method: string, path: string, headers?: string, body?: string): Promise<Answer>;
  /** Sends a request made by `getRequest` and waits for its status; the body is counted and thrown away. */
  statusOf(request: string): Promise<number>;
  readonly alive: boolean;
  close(): void;
}

interface Waiting {
  readonly keepBody: boolean;
  resolve(answer: Answer): void;
  reject(error: Error): void;
}

const CRLF = '\r\n';
const HEAD_END = Buffer.from('\r\n\r\n');
/** All sockets read into one buffer: each chunk is done with before the next one comes. */
const inbox = Buffer.allocUnsafe(262_144);

/** A GET as it goes over the wire, to be made once and sent often; each of its `headers` ends with CR and LF. */
export function getRequest(path: string, headers = ''): string {
  return `GET ${path} HTTP/1.1${CRLF}host: localhost${CRLF}${headers}${CRLF}`;
}

/** Opens a connection to a loopback port, from an address of 127.0.0.0/8. It reads answers with a Content-Length, as the shop gives them. */
export function openConnection(port: number, localAddress = '127.0.0.1'): Promise<Connection> {
  return new Promise((resolve, reject) => {
    const reading = answers();
    const onread = {
      buffer: inbox,
      callback: (bytes: number) => {
        reading.take(inbox.subarray(0, bytes));
        return true;
      },
    };
    const socket = connect({ port, host: '127.0.0.1', localAddress, noDelay: true, onread });
    socket.once('error', reject);
    socket.once('connect', () => resolve(overSocket(socket, reading)));
  });
}

function overSocket(socket: Socket, reading: ReturnType<typeof answers>): Connection {
  socket.on('error', reading.fail);
  socket.on('close', () => reading.fail(new Error('the shop closed the connection')));
  const send = (request: string, keepBody: boolean) =>
    new Promise<Answer>((resolve, reject) => {
      reading.expect({ keepBody, resolve, reject });
      socket.write(request);
    });
  return {
    ask(method, path, headers = '', body = '') {
      const sent =
        body === ''
          ? CRLF
          : `content-type: application/json${CRLF}content-length: ${Buffer.byteLength(body)}${CRLF}${CRLF}${body}`;
      return send(`${method} ${path} HTTP/1.1${CRLF}host: localhost${CRLF}${headers}${sent}`, true);
    },
    statusOf: async (request) => (await send(request, false)).status,
    get alive() {
      return !socket.destroyed && socket.writable;
    },
    close: () => socket.destroy(),
  };
}

/** Puts answers together from chunks. */
function answers() {
  let waiting: Waiting | undefined;
  let head: Buffer | undefined;
  let status = 0;
  let left = 0;
  let body: Buffer[] = [];

  function begin(chunk: Buffer): void {
    const bytes = head === undefined ? chunk : Buffer.concat([head, chunk]);
    const end = bytes.indexOf(HEAD_END);
    if (end < 0) {
      head = Buffer.from(bytes);
      return;
    }
    head = undefined;
    const text = bytes.toString('latin1', 0, end);
    status = Number(text.slice(9, 12));
    left = lengthIn(text);
    go(bytes.subarray(end + 4));
  }

  function go(bytes: Buffer): void {
    left -= bytes.length;
    const keep = waiting?.keepBody === true;
    if (left > 0) {
      if (keep && bytes.length > 0) body.push(Buffer.from(bytes));
      return;
    }
    const all = body.length === 0 ? bytes : Buffer.concat([...body, bytes]);
    const done = waiting;
    waiting = undefined;
    body = [];
    left = 0;
    done?.resolve({ status, body: keep ? all.toString('utf8') : '' });
  }

  return {
    expect(next: Waiting) {
      waiting = next;
    },
    take(chunk: Buffer) {
      if (left > 0) go(chunk);
      else begin(chunk);
    },
    fail(error: Error) {
      waiting?.reject(error);
      waiting = undefined;
    },
  };
}

function lengthIn(head: string): number {
  const at = head.indexOf('ontent-length: ') >= 0 ? head.indexOf('ontent-length: ') : head.indexOf('ontent-Length: ');
  return at < 0 ? 0 : Number.parseInt(head.slice(at + 15, at + 25), 10);
}
