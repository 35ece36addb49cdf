import type { Duplex } from 'node:stream';

/** One message on a connection that many share: whose it is, and what it says. */
export interface Frame {
  /** Chosen by whoever asks, repeated by whoever answers. */
  readonly id: number;
  readonly payload: Buffer;
}

/** An import carries whole pages of a catalogue. */
export const LARGEST_PAYLOAD_BYTES = 16 * 1024 ** 2;

/** Length of what follows and id, each of four bytes, the high one first. */
const HEAD_BYTES = 8;

/**
 * Writes frames; those of one turn of the event loop go out together, for a write to the system costs more than making the answer
 * that it carries. What is written to a connection that has ended is thrown away.
 */
export function frameWriter(connection: Duplex): (id: number, payload: string) => void {
  let isGathering = false;
  const release = () => {
    isGathering = false;
    connection.uncork();
  };
  return (id, payload) => {
    if (!connection.writable) return;
    if (!isGathering) {
      isGathering = true;
      connection.cork();
      setImmediate(release);
    }
    const length = Buffer.byteLength(payload);
    const frame = Buffer.allocUnsafe(HEAD_BYTES + length);
    frame.writeUInt32BE(length, 0);
    frame.writeUInt32BE(id, 4);
    frame.write(payload, HEAD_BYTES);
    connection.write(frame);
  };
}

/** Cuts what comes into frames. Throws for one that is larger than anybody may send. */
export function frameReader(hear: (frame: Frame) => void): (part: Buffer) => void {
  let parts: Buffer[] = [];
  let held = 0;
  let wanted = HEAD_BYTES;

  return (part) => {
    parts.push(part);
    held += part.length;
    if (held < wanted) return;
    let rest = parts.length === 1 ? part : Buffer.concat(parts);
    wanted = HEAD_BYTES;
    while (rest.length >= HEAD_BYTES) {
      const length = rest.readUInt32BE(0);
      if (length > LARGEST_PAYLOAD_BYTES) throw new RangeError(`a frame of ${length} bytes`);
      wanted = HEAD_BYTES + length;
      if (rest.length < wanted) break;
      hear({ id: rest.readUInt32BE(4), payload: rest.subarray(HEAD_BYTES, wanted) });
      rest = rest.subarray(wanted);
      wanted = HEAD_BYTES;
    }
    parts = rest.length === 0 ? [] : [rest];
    held = rest.length;
  };
}
