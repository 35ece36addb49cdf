import { isIP } from 'node:net';

/** What the first bytes of a connection say of whom it is for, by the PROXY protocol (haproxy.org/download/3.0/doc/proxy-protocol.txt). */
export type ProxyHeader =
  /** There is none: whoever connects speaks for himself. */
  | { readonly kind: 'absent' }
  /** More bytes decide. */
  | { readonly kind: 'incomplete' }
  | { readonly kind: 'malformed' }
  /** The connection itself begins after `bytes`. Without a client the proxy speaks for itself, e.g. to see how we are. */
  | { readonly kind: 'told'; readonly bytes: number; readonly client?: Client };

export interface Client {
  readonly address: string;
  readonly port: number;
}

const TEXT = Buffer.from('PROXY ');
const LONGEST_TEXT = 107;
const BINARY = Buffer.from('\r\n\r\n\0\r\nQUIT\n', 'latin1');
const BINARY_HEAD = 16;
/** Addresses and what a proxy may add to them. */
const LONGEST_BINARY = 4_096;
const MOST_PORT = 65_535;

/** Reads a header of version 1 or 2 at the beginning of `head`. */
export function proxyHeaderIn(head: Buffer): ProxyHeader {
  if (isBeginningOf(head, TEXT)) return head.length < TEXT.length ? { kind: 'incomplete' } : textHeader(head);
  if (isBeginningOf(head, BINARY)) return head.length < BINARY_HEAD ? { kind: 'incomplete' } : binaryHeader(head);
  return { kind: 'absent' };
}

function isBeginningOf(head: Buffer, signature: Buffer): boolean {
  const length = Math.min(head.length, signature.length);
  return head.subarray(0, length).equals(signature.subarray(0, length));
}

function textHeader(head: Buffer): ProxyHeader {
  const end = head.subarray(0, LONGEST_TEXT).indexOf('\r\n');
  if (end < 0) return { kind: head.length < LONGEST_TEXT ? 'incomplete' : 'malformed' };
  const bytes = end + 2;
  const [family, address = '', , port, ...rest] = head.toString('latin1', TEXT.length, end).split(' ');
  if (family === 'UNKNOWN') return { kind: 'told', bytes };
  const version = { TCP4: 4, TCP6: 6 }[family ?? ''];
  const isWhole = rest.length === 1 && version !== undefined && isIP(address) === version && isPort(port);
  return isWhole ? { kind: 'told', bytes, client: { address, port: Number(port) } } : { kind: 'malformed' };
}

function isPort(text: string | undefined): boolean {
  return text !== undefined && /^\d{1,5}$/.test(text) && Number(text) <= MOST_PORT;
}

function binaryHeader(head: Buffer): ProxyHeader {
  const command = head.readUInt8(12);
  const family = head.readUInt8(13);
  const length = head.readUInt16BE(14);
  if (command >> 4 !== 2 || (command & 15) > 1 || length > LONGEST_BINARY) return { kind: 'malformed' };
  const bytes = BINARY_HEAD + length;
  if (head.length < bytes) return { kind: 'incomplete' };
  // A family that is not TCP over IP says nothing that we could use.
  const size = { 17: 4, 33: 16 }[family];
  if ((command & 15) === 0 || size === undefined) return { kind: 'told', bytes };
  if (length < 2 * size + 4) return { kind: 'malformed' };
  const address = head.subarray(BINARY_HEAD, BINARY_HEAD + size);
  const port = head.readUInt16BE(BINARY_HEAD + 2 * size);
  return { kind: 'told', bytes, client: { address: size === 4 ? address.join('.') : groupsOf(address), port } };
}

/** As a URL writes it, which is the one short form (RFC 5952). */
function groupsOf(address: Buffer): string {
  const groups = Array.from({ length: 8 }, (_, index) => address.readUInt16BE(2 * index).toString(16));
  return new URL(`http://[${groups.join(':')}]`).hostname.slice(1, -1);
}
