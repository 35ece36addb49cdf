import { connect, isIP, type Socket } from 'node:net';
import { connect as connectSecurely } from 'node:tls';
import { type AnswerListener, AnswerReader } from './answer-reader.ts';
import type { Bounded, Deadlines } from './deadlines.ts';
import type { Failure } from './failure.ts';
import { type ResponseHead, Unreadable } from './response-head.ts';

/** A request as a connection carries it. */
export interface Passage {
  readonly method: string;
  /** The whole head, with its empty line, one byte for each character. */
  readonly head: string;
  /** In place of the connection's own bound, in ms. */
  readonly headersTimeoutMs?: number | undefined;
  /** The head is being written to `connection`; a body is then, too. False when nobody wants the request any more, and nothing is written. */
  onSend(connection: Connection): boolean;
  /** The head of the answer, or of one before it (1xx); `here`: so many bytes came behind it. */
  onHead(head: ResponseHead, here: number): void;
  /** A part of the body; its bytes are others when the call has returned. False when no more can be taken before `Connection.resume`. */
  onData(chunk: Buffer): boolean;
  /** The answer was whole; true when the request is written out as well, so that another may follow. */
  onEnd(trailers: readonly string[]): boolean;
  onFailure(failure: Failure, error: Error): void;
}

/** Where connections go, and how long anything on them may take, in ms. */
export interface ConnectionOptions {
  readonly host: string;
  readonly port: number;
  readonly isSecure: boolean;
  readonly connectTimeoutMs: number;
  readonly headersTimeoutMs: number;
  readonly bodyTimeoutMs: number;
  readonly deadlines: Deadlines;
  /** May carry another one. */
  readonly onFree: (connection: Connection) => void;
  readonly onClosed: (connection: Connection) => void;
}

/** All sockets are read into one buffer: what came is dealt with before the next one is read. */
const inbox = Buffer.allocUnsafe(65_536);
/** How long a connection may rest when the upstream says nothing of it, at most, and how much sooner than the upstream we end it. */
const RESTS_MS = 4_000;
const RESTS_AT_MOST_MS = 600_000;
const SOONER_MS = 2_000;
const ALIVE_AFTER_MS = 60_000;

/**
 * One connection to an upstream, which carries one request after another and never two at a time: pipelined, a request would wait
 * behind the answer to another, and share its fate.
 *
 * Our own, and not a client library's, because it is what a hop costs: it reads all sockets into one buffer, a head as one string, and
 * writes a request as one string, at less than half of `undici`'s CPU.
 */
export class Connection implements Bounded, AnswerListener {
  readonly #options: ConnectionOptions;
  readonly #socket: Socket;
  readonly #reader = new AnswerReader();
  #passage: Passage | undefined;
  #isConnected = false;
  #isPaused = false;
  #isClosed = false;
  #onDrain: (() => void) | undefined;
  dueAt: number;

  /** Connects, for `first`. */
  constructor(options: ConnectionOptions, first: Passage) {
    this.#options = options;
    this.#passage = first;
    this.#socket = socketTo(options, (chunk) => this.#take(chunk));
    this.#socket.on('error', (error) => this.#fail(this.#isConnected ? 'reset' : 'unreachable', error));
    this.#socket.on('end', () => this.#takeEnd());
    this.#socket.on('close', () => this.#fail(this.#isConnected ? 'reset' : 'unreachable', GONE));
    this.#socket.on('drain', () => this.#onDrain?.());
    this.#socket.once(options.isSecure ? 'secureConnect' : 'connect', () => this.#connected());
    options.deadlines.add(this);
    this.dueAt = options.deadlines.in(options.connectTimeoutMs);
  }

  /** Carries a request; for a connection that is free. */
  carry(passage: Passage): void {
    this.#passage = passage;
    this.#send(passage);
  }

  /** Writes a part of a body; false when no more should be written before `onDrain` is called. */
  write(part: Buffer | string): boolean {
    this.touch();
    return this.#socket.write(part as Buffer);
  }

  /** Holds back what is written until the events that are under way have been dealt with: it then goes out in one piece. */
  gather(): void {
    this.#socket.cork();
    process.nextTick(uncork, this.#socket);
  }

  set onDrain(listener: (() => void) | undefined) {
    this.#onDrain = listener;
  }

  /** Something was sent: the time to the answer begins anew. */
  touch(): void {
    const { deadlines, headersTimeoutMs } = this.#options;
    if (this.#reader.head === undefined) this.dueAt = deadlines.in(this.#passage?.headersTimeoutMs ?? headersTimeoutMs);
  }

  /** Reads on after `onData` was false. */
  resume(): void {
    if (!this.#isPaused || this.#isClosed) return;
    this.#isPaused = false;
    this.dueAt = this.#options.deadlines.in(this.#options.bodyTimeoutMs);
    this.#socket.resume();
  }

  /** Breaks off, and tells nobody. */
  abandon(): void {
    this.#passage = undefined;
    this.#close();
  }

  /** Breaks off; what is under way has failed. */
  break(failure: Failure, error: Error): void {
    this.#fail(failure, error);
  }

  onDue(): void {
    if (this.#isPaused) this.dueAt = Number.POSITIVE_INFINITY;
    else if (!this.#isConnected) this.#fail('unreachable', LATE);
    else this.#fail('timeout', LATE);
  }

  onHead(head: ResponseHead, here: number): void {
    if (head.status >= 200) this.dueAt = this.#options.deadlines.in(this.#options.bodyTimeoutMs);
    else if (head.status === 101) throw new Unreadable('another protocol, which nobody asked for');
    // Whoever expects `100 Continue` was told by us.
    else if (head.status === 100) return;
    this.#passage?.onHead(head, here);
  }

  onData(chunk: Buffer): void {
    if (this.#passage === undefined || this.#passage.onData(chunk) || this.#isPaused) return;
    this.#isPaused = true;
    this.#socket.pause();
  }

  #connected(): void {
    this.#isConnected = true;
    if (this.#passage !== undefined && !this.#isClosed) this.#send(this.#passage);
  }

  #send(passage: Passage): void {
    if (passage.onSend(this)) return;
    this.#passage = undefined;
    this.#rest();
  }

  /** Writes the head. */
  begin({ head, method }: Passage): void {
    this.#reader.expect(this, method === 'HEAD');
    this.touch();
    this.#socket.write(head, 'latin1');
  }

  #take(chunk: Buffer): void {
    // Nobody has asked: whatever this is, it must not become the answer to the next request.
    if (this.#passage === undefined) {
      this.#close();
      return;
    }
    const reader = this.#reader;
    try {
      const taken = reader.take(chunk);
      if (this.#isClosed) return;
      if (reader.isDone) this.#end(taken === chunk.length);
      else if (!this.#isPaused && reader.head !== undefined) {
        this.dueAt = this.#options.deadlines.in(this.#options.bodyTimeoutMs);
      }
    } catch (error) {
      this.#fail('protocol', error as Error);
    }
  }

  #takeEnd(): void {
    if (this.#passage !== undefined && this.#reader.head !== undefined && this.#reader.takeEnd()) this.#end(false);
    else this.#fail(this.#isConnected ? 'reset' : 'unreachable', GONE);
  }

  #end(mayBeKept: boolean): void {
    const passage = this.#passage;
    this.#passage = undefined;
    this.#onDrain = undefined;
    const isWritten = passage?.onEnd(this.#reader.trailers) === true;
    if (mayBeKept && isWritten && this.#reader.head?.isKept === true) this.#rest();
    else this.#close();
  }

  #rest(): void {
    const { keptMs = RESTS_MS + SOONER_MS } = this.#reader.head ?? {};
    const restMs = Math.min(keptMs - SOONER_MS, RESTS_AT_MOST_MS);
    if (restMs <= 0) {
      this.#close();
      return;
    }
    if (this.#isPaused) {
      this.#isPaused = false;
      this.#socket.resume();
    }
    this.dueAt = this.#options.deadlines.in(restMs);
    this.#options.onFree(this);
  }

  #fail(failure: Failure, error: Error): void {
    const passage = this.#passage;
    this.#passage = undefined;
    this.#close();
    passage?.onFailure(failure, error);
  }

  #close(): void {
    if (this.#isClosed) return;
    this.#isClosed = true;
    this.#reader.forget();
    this.#socket.destroy();
    this.#options.deadlines.remove(this);
    this.#options.onClosed(this);
  }
}

const GONE = new Error('the upstream closed the connection');
const LATE = new Error('the upstream said nothing in time');

function uncork(socket: Socket): void {
  socket.uncork();
}

function socketTo({ host, port, isSecure }: ConnectionOptions, take: (chunk: Buffer) => void): Socket {
  const to = { host, port, noDelay: true, keepAlive: true, keepAliveInitialDelay: ALIVE_AFTER_MS };
  if (isSecure) {
    // The name to ask for is the origin's own, not the one that the client asked us for.
    const servername = isIP(host) > 0 ? {} : { servername: host };
    return connectSecurely({ ...to, ...servername, ALPNProtocols: ['http/1.1'] }).on('data', take);
  }
  const callback = (bytes: number) => {
    take(inbox.subarray(0, bytes));
    return true;
  };
  return connect({ ...to, onread: { buffer: inbox, callback } });
}
