import { crc32 } from 'node:zlib';

const [LOCAL, CENTRAL, END] = [0x04034b50, 0x02014b50, 0x06054b50];
const VERSION = 20;
/** The first of January 1980, at midnight, in MS-DOS's way: the same files make the same jar. */
const [TIME, DATE] = [0, 0x21];

/**
 * A jar of some files, stored as they are: a ZIP (PKWARE's APPNOTE 6.3, sections 4.3.7, 4.3.12 and 4.3.16). A Java runtime without
 * the JDK's tools makes none.
 */
export function jarOf(files: Readonly<Record<string, Buffer>>): Buffer {
  const parts: Buffer[] = [];
  const directory: Buffer[] = [];
  let offset = 0;
  for (const [name, data] of Object.entries(files)) {
    const path = Buffer.from(name);
    const about = aboutOf(path, data);
    const local = Buffer.concat([uint32(LOCAL), about, path, data]);
    const central = Buffer.concat([uint32(CENTRAL), uint16(VERSION), about, Buffer.alloc(10), uint32(offset), path]);
    parts.push(local);
    directory.push(central);
    offset += local.length;
  }
  const entries = Buffer.concat(directory);
  const count = uint16(directory.length);
  const end = [uint32(END), Buffer.alloc(4), count, count, uint32(entries.length), uint32(offset), uint16(0)];
  return Buffer.concat([...parts, entries, ...end]);
}

/** What a file's own head and the directory say alike: version, flags, method, time, checksum, sizes, lengths of name and extras. */
function aboutOf(path: Buffer, data: Buffer): Buffer {
  const short = [VERSION, 0, 0, TIME, DATE].map(uint16);
  const long = [crc32(data), data.length, data.length].map(uint32);
  return Buffer.concat([...short, ...long, uint16(path.length), uint16(0)]);
}

function uint16(value: number): Buffer {
  const bytes = Buffer.alloc(2);
  bytes.writeUInt16LE(value);
  return bytes;
}

function uint32(value: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32LE(value);
  return bytes;
}
