import { connect } from 'node:net';

/** A client that listens to server-sent events and keeps nothing but their count. */
export interface Listener {
  /** Events so far; a heartbeat is none. */
  readonly events: number;
  readonly alive: boolean;
  close(): void;
}

const inbox = Buffer.allocUnsafe(65_536);
const EVENT = Buffer.from('\ndata: ');

/** Opens a stream; resolves at its first event. Throws what was answered instead. */
export function openListener(port: number, localAddress: string, path: string, token: string): Promise<Listener> {
  return new Promise((resolve, reject) => {
    let events = 0;
    const callback = (bytes: number) => {
      const chunk = inbox.subarray(0, bytes);
      if (events === 0 && chunk.indexOf('HTTP/1.1') === 0 && chunk.indexOf('HTTP/1.1 200') !== 0) {
        reject(new Error(chunk.toString('utf8', 0, 400)));
        socket.destroy();
        return false;
      }
      for (let at = chunk.indexOf(EVENT); at >= 0; at = chunk.indexOf(EVENT, at + 1)) events++;
      if (events > 0) resolve(listener);
      return true;
    };
    const socket = connect({ port, host: '127.0.0.1', localAddress, onread: { buffer: inbox, callback } });
    const listener: Listener = {
      get events() {
        return events;
      },
      get alive() {
        return !socket.destroyed && !socket.readableEnded;
      },
      close: () => socket.destroy(),
    };
    socket.once('error', reject);
    socket.on('close', () => reject(new Error('the shop closed the stream')));
    socket.write(`GET ${path} HTTP/1.1\r\nhost: localhost\r\nauthorization: Bearer ${token}\r\n\r\n`);
  });
}
