/**
 * PostgreSQL's binary array format (header, then length and bytes of each element). Compared with the text format nothing is
 * quoted and unquoted, which for JSON is most of the cost of sending it. A Buffer parameter is sent as binary by `pg`.
 */
const HEADER_BYTES = 20;
const TYPE = { int4: 23, int8: 20, text: 25, json: 114 } as const;

export function textArray(values: readonly (string | null)[]): Buffer {
  return stringArray(values, TYPE.text);
}

export function jsonArray(values: readonly (string | null)[]): Buffer {
  return stringArray(values, TYPE.json);
}

export function int4Array(values: readonly number[]): Buffer {
  const buffer = start(values.length, TYPE.int4, values.length * 8);
  let offset = HEADER_BYTES;
  for (const value of values) offset = buffer.writeInt32BE(value, buffer.writeInt32BE(4, offset));
  return buffer;
}

/** Of safe integers. */
export function int8Array(values: readonly number[]): Buffer {
  const buffer = start(values.length, TYPE.int8, values.length * 12);
  let offset = HEADER_BYTES;
  for (const value of values) {
    const high = Math.floor(value / 2 ** 32);
    offset = buffer.writeInt32BE(high, buffer.writeInt32BE(8, offset));
    offset = buffer.writeUInt32BE(value - high * 2 ** 32, offset);
  }
  return buffer;
}

function stringArray(values: readonly (string | null)[], type: number): Buffer {
  let bytes = values.length * 4;
  for (const value of values) if (value !== null) bytes += Buffer.byteLength(value);
  const buffer = start(values.length, type, bytes);
  let offset = HEADER_BYTES;
  for (const value of values) {
    if (value === null) {
      offset = buffer.writeInt32BE(-1, offset);
      continue;
    }
    const written = buffer.write(value, offset + 4);
    buffer.writeInt32BE(written, offset);
    offset += 4 + written;
  }
  return buffer;
}

function start(length: number, type: number, bytes: number): Buffer {
  if (length === 0) {
    const empty = Buffer.alloc(12);
    empty.writeInt32BE(type, 8);
    return empty;
  }
  const buffer = Buffer.allocUnsafe(HEADER_BYTES + bytes);
  buffer.writeInt32BE(1, 0);
  buffer.writeInt32BE(1, 4);
  buffer.writeInt32BE(type, 8);
  buffer.writeInt32BE(length, 12);
  buffer.writeInt32BE(1, 16);
  return buffer;
}
