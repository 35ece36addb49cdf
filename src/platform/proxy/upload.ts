import type { IncomingMessage } from 'node:http';
import type { Connection } from './connection.ts';

/**
 * A request's body on its way to an upstream, as fast as that takes it. Until `start` the request is untouched; after `stop` what
 * still comes is thrown away, for the client's connection is needed for the answer.
 */
export class Upload {
  readonly #request: IncomingMessage;
  readonly #isChunked: boolean;
  readonly #mostBytes: number;
  readonly #onTooLarge: () => void;
  #connection: Connection | undefined;
  #bytes = 0;
  #isDone = false;

  /** `isChunked`: the upstream is told of the body's parts, not of its length. More than `mostBytes` end it, and call `onTooLarge`. */
  constructor(request: IncomingMessage, isChunked: boolean, mostBytes: number, onTooLarge: () => void) {
    this.#request = request;
    this.#isChunked = isChunked;
    this.#mostBytes = mostBytes;
    this.#onTooLarge = onTooLarge;
  }

  /** All of it was written. */
  get isDone(): boolean {
    return this.#isDone;
  }

  start(connection: Connection): void {
    this.#connection = connection;
    connection.onDrain = () => void this.#request.resume();
    this.#request.on('data', this.#take).on('end', this.#end);
    // What came with the head goes out with it.
    connection.gather();
  }

  stop(): void {
    if (this.#connection === undefined || this.#isDone) return;
    this.#connection.onDrain = undefined;
    this.#connection = undefined;
    this.#request.off('data', this.#take).off('end', this.#end);
    this.#request.resume();
  }

  readonly #take = (chunk: Buffer): void => {
    const connection = this.#connection;
    if (connection === undefined || chunk.length === 0) return;
    this.#bytes += chunk.length;
    if (this.#bytes > this.#mostBytes) {
      this.stop();
      this.#onTooLarge();
    } else if (!this.#write(connection, chunk)) this.#request.pause();
  };

  #write(connection: Connection, chunk: Buffer): boolean {
    if (!this.#isChunked) return connection.write(chunk);
    connection.gather();
    connection.write(`${chunk.length.toString(16)}\r\n`);
    connection.write(chunk);
    return connection.write('\r\n');
  }

  readonly #end = (): void => {
    if (this.#isChunked) this.#connection?.write('0\r\n\r\n');
    else this.#connection?.touch();
    this.#isDone = true;
  };
}
