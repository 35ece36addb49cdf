import type { ClientBase, Connection } from 'pg';

/**
 * The parameters of one statement in PostgreSQL's binary format, written straight into the message that carries them: an array
 * is its header, then length and bytes of each element, so nothing is quoted and unquoted, and no parameter is copied twice.
 */
export interface ParameterWriter {
  text(value: string): void;
  /** Of a safe integer. */
  int8(value: number): void;
  /** JSON as text; null is NULL. */
  json(value: string | null): void;
  int4Array<Item>(items: readonly Item[], pick: (item: Item) => number): void;
  /** Of safe integers. */
  int8Array<Item>(items: readonly Item[], pick: (item: Item) => number): void;
  textArray<Item>(items: readonly Item[], pick: (item: Item) => string | null): void;
  jsonArray<Item>(items: readonly Item[], pick: (item: Item) => string | null): void;
}

const OID = {
  text: 25,
  bigint: 20,
  json: 114,
  int4: 23,
  'int[]': 1007,
  'bigint[]': 1016,
  'text[]': 1009,
  'json[]': 199,
} as const;
export type ParameterType = Exclude<keyof typeof OID, 'int4'>;

/** A statement that answers one text, ready to be bound and sent in one message. */
export type Statement = (parameters: (writer: ParameterWriter) => void) => Buffer;

const ARRAY_HEADER_BYTES = 20;
const MOST_BYTES_A_CHARACTER = 3;

const FIRST_BYTES = 64 * 1024;
const MOST_KEPT_BYTES = 1024 * 1024;
/**
 * Messages are written here, for their length is not known before, and copied at their own. Memory outside of the heap counts: with
 * a buffer for each message that is large enough for most, V8 marked the whole heap every three seconds under little load. It is
 * nobody's while a message is being written.
 */
let scratch: Buffer | undefined;

/**
 * The messages Parse, Bind, Execute and Sync of the unnamed statement, as one buffer (PostgreSQL manual, 54.7 "Message Formats").
 * The statement is unnamed, so that a transaction pooler may stand between.
 */
export function statement(text: string, types: readonly ParameterType[]): Statement {
  const parse = parseMessage(text, types);
  return (parameters) => {
    let buffer = scratch ?? Buffer.allocUnsafeSlow(Math.max(FIRST_BYTES, parse.length));
    scratch = undefined;
    let offset = parse.copy(buffer);

    const reserve = (bytes: number) => {
      if (offset + bytes <= buffer.length) return;
      const larger = Buffer.allocUnsafeSlow(Math.max(buffer.length * 2, offset + bytes));
      buffer.copy(larger, 0, 0, offset);
      buffer = larger;
    };
    const int4 = (value: number) => {
      reserve(4);
      offset = buffer.writeInt32BE(value, offset);
    };
    const big = (value: number) => {
      reserve(8);
      const high = Math.floor(value / 2 ** 32);
      offset = buffer.writeUInt32BE(value - high * 2 ** 32, buffer.writeInt32BE(high, offset));
    };
    const sized = (value: string | null) => {
      if (value === null) return int4(-1);
      reserve(4 + value.length * MOST_BYTES_A_CHARACTER);
      const bytes = buffer.write(value, offset + 4);
      buffer.writeInt32BE(bytes, offset);
      offset += 4 + bytes;
    };
    /** Begins an array; answers where its length goes. */
    const begin = (length: number, element: number): number => {
      const at = offset;
      reserve(4 + ARRAY_HEADER_BYTES);
      offset += 4;
      int4(length === 0 ? 0 : 1);
      int4(0);
      int4(element);
      if (length > 0) {
        int4(length);
        int4(1);
      }
      return at;
    };
    const end = (at: number) => {
      buffer.writeInt32BE(offset - at - 4, at);
    };
    const array = <Item>(items: readonly Item[], element: number, write: (item: Item) => void) => {
      const at = begin(items.length, element);
      for (const item of items) write(item);
      end(at);
    };

    const bindAt = offset;
    reserve(16);
    buffer.write('B', offset, 'latin1');
    offset += 5;
    // The unnamed portal of the unnamed statement, all parameters binary.
    offset = buffer.writeInt16BE(0, offset);
    offset = buffer.writeInt16BE(1, offset);
    offset = buffer.writeInt16BE(1, offset);
    offset = buffer.writeInt16BE(types.length, offset);
    parameters({
      text: sized,
      json: sized,
      int8(value) {
        int4(8);
        big(value);
      },
      int4Array: (items, pick) =>
        array(items, OID.int4, (item) => {
          int4(4);
          int4(pick(item));
        }),
      int8Array: (items, pick) =>
        array(items, OID.bigint, (item) => {
          int4(8);
          big(pick(item));
        }),
      textArray: (items, pick) => array(items, OID.text, (item) => sized(pick(item))),
      jsonArray: (items, pick) => array(items, OID.json, (item) => sized(pick(item))),
    });
    reserve(2 + EXECUTE_AND_SYNC.length);
    offset = buffer.writeInt16BE(0, offset);
    buffer.writeInt32BE(offset - bindAt - 1, bindAt + 1);
    offset += EXECUTE_AND_SYNC.copy(buffer, offset);
    if (buffer.length <= MOST_KEPT_BYTES) scratch = buffer;
    return Buffer.from(buffer.subarray(0, offset));
  };
}

function parseMessage(text: string, types: readonly ParameterType[]): Buffer {
  const body = Buffer.from(`\0${text}\0`);
  const message = Buffer.alloc(5 + body.length + 2 + types.length * 4);
  message.write('P', 0, 'latin1');
  message.writeInt32BE(message.length - 1, 1);
  body.copy(message, 5);
  let offset = message.writeInt16BE(types.length, 5 + body.length);
  for (const type of types) offset = message.writeInt32BE(OID[type], offset);
  return message;
}

/** Execute of the unnamed portal without a limit of rows, and Sync. */
const EXECUTE_AND_SYNC = Buffer.from([0x45, 0, 0, 0, 9, 0, 0, 0, 0, 0, 0x53, 0, 0, 0, 4]);

/** What `pg` tells of an answer's row. */
interface DataRow {
  readonly fields: readonly (string | null)[];
}

/**
 * Sends a message of `statement` on a client of `pg`, in its turn, and answers the text of its row. Rejects with the server's
 * error, or with whatever ends the exchange; `timeoutMs` is our patience.
 */
export function ask(client: ClientBase, message: Buffer, timeoutMs: number): Promise<string> {
  return new Promise((resolve, reject) => {
    let answer = '';
    const query = {
      query_timeout: timeoutMs,
      callback: (error: Error | null) => (error ? reject(error) : resolve(answer)),
      submit: ({ stream }: Connection) => void stream.write(message),
      handleDataRow: ({ fields }: DataRow) => {
        answer = fields[0] ?? '';
      },
      handleCommandComplete: () => {},
      handleError: (error: Error) => query.callback(error),
      handleReadyForQuery: () => query.callback(null),
    };
    client.query(query);
  });
}
