import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/**
 * Where the write-ahead log of a dead server ends, told as PostgreSQL tells it: record by record from the start of a segment, as
 * long as each names the one before it and its checksum holds.
 */
export interface WalEnd {
  readonly file: string;
  /** Where the next record would begin. */
  readonly offset: number;
}

const PAGE = 8_192;
const SHORT_HEADER = 24;
const LONG_HEADER = 40;
const RECORD_HEADER = 24;

/** `lsn` (as `0/1A2B3C`) is any place that the server has flushed. Throws when there is no such segment. */
export function endOfWal(data: string, lsn: string, segmentBytes = 16 * 1024 * 1024): WalEnd {
  const [high = 0, low = 0] = lsn.split('/').map((part) => Number.parseInt(part, 16));
  let segment = Math.floor((high * 2 ** 32 + low) / segmentBytes);
  const nameOf = (number: number) => {
    const perId = 2 ** 32 / segmentBytes;
    const parts = [1, Math.floor(number / perId), number % perId];
    return join(data, 'pg_wal', parts.map((part) => part.toString(16).toUpperCase().padStart(8, '0')).join(''));
  };
  let bytes = readFileSync(nameOf(segment));
  const readOn = (): boolean => {
    const next = nameOf(segment + 1);
    if (!existsSync(next)) return false;
    segment++;
    bytes = readFileSync(next);
    return true;
  };
  let at = 0;
  let previous: bigint | undefined;
  let end: WalEnd | undefined;

  /** Takes `count` bytes over page and segment borders; undefined where the page is not of this log. */
  const take = (count: number): Buffer | undefined => {
    const parts: Buffer[] = [];
    for (let left = count; left > 0; ) {
      if (at === segmentBytes) {
        if (!readOn()) return undefined;
        at = 0;
      }
      if (at % PAGE === 0) {
        const address = BigInt(segment) * BigInt(segmentBytes) + BigInt(at);
        if (bytes.readBigUInt64LE(at + 8) !== address) return undefined;
        at += at === 0 ? LONG_HEADER : SHORT_HEADER;
      }
      const here = Math.min(left, PAGE - (at % PAGE));
      parts.push(bytes.subarray(at, at + here));
      at += here;
      left -= here;
    }
    return Buffer.concat(parts);
  };
  const align = () => {
    at = Math.ceil(at / 8) * 8;
  };

  const continued = bytes.readUInt32LE(16);
  if (take(continued) === undefined) throw new Error(`${nameOf(segment)} holds no log`);
  for (;;) {
    align();
    const before = { file: nameOf(segment), offset: at };
    const place = recordPlace(segment, at, segmentBytes);
    const header = take(RECORD_HEADER);
    const length = header?.readUInt32LE(0) ?? 0;
    const names = header?.readBigUInt64LE(8);
    const body =
      header === undefined || length < RECORD_HEADER || (previous !== undefined && names !== previous)
        ? undefined
        : take(length - RECORD_HEADER);
    if (header === undefined || body === undefined || checksum(header, body) !== header.readUInt32LE(20))
      return end ?? before;
    previous = place;
    align();
    end = { file: nameOf(segment), offset: at };
  }
}

/** A record that begins at a page begins after its header. */
function recordPlace(segment: number, at: number, segmentBytes: number): bigint {
  const start = BigInt(segment) * BigInt(segmentBytes) + BigInt(at);
  if (at % segmentBytes === 0) return start + BigInt(LONG_HEADER);
  return at % PAGE === 0 ? start + BigInt(SHORT_HEADER) : start;
}

/** CRC-32C of a record: its body first, then its header up to the checksum. */
function checksum(header: Buffer, body: Buffer): number {
  let crc = 0xffffffff;
  for (const part of [body, header.subarray(0, 20)])
    for (const byte of part) crc = (TABLE[(crc ^ byte) & 0xff] as number) ^ (crc >>> 8);
  return (crc ^ 0xffffffff) >>> 0;
}

const TABLE = Array.from({ length: 256 }, (_, byte) => {
  let crc = byte;
  for (let bit = 0; bit < 8; bit++) crc = crc & 1 ? (crc >>> 1) ^ 0x82f63b78 : crc >>> 1;
  return crc >>> 0;
});
