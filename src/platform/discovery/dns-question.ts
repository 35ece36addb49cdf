import { createSocket } from 'node:dgram';
import { createConnection, isIPv6 } from 'node:net';
import {
  type Answer,
  type DecodedPacket,
  decode,
  encode,
  type Packet,
  RECURSION_DESIRED,
  streamEncode,
} from 'dns-packet';

export type RecordType = 'A' | 'AAAA' | 'SRV';

/** What a resolver says of a name. */
export interface DnsAnswer {
  /** Of the asked type, with aliases followed. Empty: there is none. */
  readonly records: readonly Answer[];
  /** Came along unasked: usually the addresses of SRV targets. */
  readonly additionals: readonly Answer[];
  /** How long this may be kept, in s: the least of the records, or the zone's for "there is none". */
  readonly ttlSeconds: number;
}

/** A resolver's address: `10.0.0.2:53`, `[::1]:53`. */
export interface Resolver {
  readonly host: string;
  readonly port: number;
}

const ANSWER_MS = 1_500;
const NEGATIVE_TTL_SECONDS = 5;
const LARGEST_ID = 65_535;

/** Throws for an address that is none. */
export function resolverAt(address: string): Resolver {
  const { hostname, port } = new URL(`dns://${address}`);
  return { host: hostname.replace(/^\[|\]$/g, ''), port: port === '' ? 53 : Number(port) };
}

/** Asks a resolver by UDP, and by TCP where the answer was cut off. Throws when it does not answer, or cannot. */
export async function askResolver(
  resolver: Resolver,
  name: string,
  type: RecordType,
  signal: AbortSignal,
): Promise<DnsAnswer> {
  // Together with the port of the socket, which is new each time, this is what a forger would have to guess.
  const id = crypto.getRandomValues(new Uint16Array(1))[0] ?? LARGEST_ID;
  const question = { name, type, class: 'IN' } as const;
  const query: Packet = { type: 'query', id, flags: RECURSION_DESIRED, questions: [question] };
  const limit = AbortSignal.any([signal, AbortSignal.timeout(ANSWER_MS)]);
  const fits = (answer: DecodedPacket) =>
    answer.id === id && answer.flag_qr && sameName(answer.questions?.[0]?.name ?? '', name);
  try {
    const short = await byUdp(resolver, encode(query), fits, limit);
    return answerOf(short.flag_tc ? await byTcp(resolver, streamEncode(query), fits, limit) : short, type);
  } catch (error) {
    const why = limit.aborted ? new Error(`no answer in ${ANSWER_MS} ms`) : error;
    throw new Error(`the resolver ${resolver.host}:${resolver.port} does not serve ${name}`, { cause: why });
  }
}

function byUdp(
  { host, port }: Resolver,
  query: Buffer,
  fits: (answer: DecodedPacket) => boolean,
  signal: AbortSignal,
): Promise<DecodedPacket> {
  const socket = createSocket(isIPv6(host) ? 'udp6' : 'udp4');
  const answered = new Promise<DecodedPacket>((resolve, reject) => {
    signal.addEventListener('abort', () => reject(signal.reason), { once: true });
    socket.once('error', reject);
    socket.on('message', (message) => {
      const answer = decoded(message);
      // What does not fit was not asked for: the answer may still come.
      if (answer !== undefined && fits(answer)) resolve(answer);
    });
    // Connected, so that the system drops what others send, and tells of a port that nobody listens at.
    socket.connect(port, host, () => socket.send(query, (error) => error && reject(error)));
  });
  return answered.finally(() => socket.close());
}

function byTcp(
  { host, port }: Resolver,
  query: Buffer,
  fits: (answer: DecodedPacket) => boolean,
  signal: AbortSignal,
): Promise<DecodedPacket> {
  const socket = createConnection({ host, port });
  const answered = new Promise<DecodedPacket>((resolve, reject) => {
    let received = Buffer.alloc(0);
    signal.addEventListener('abort', () => reject(signal.reason), { once: true });
    socket.once('error', reject).once('close', () => reject(new Error('the connection ended')));
    socket.on('data', (part: Buffer) => {
      received = Buffer.concat([received, part]);
      if (received.length < 2 || received.length < 2 + received.readUInt16BE()) return;
      const answer = decoded(received.subarray(2));
      if (answer !== undefined && fits(answer)) resolve(answer);
      else reject(new Error('the answer is to another question'));
    });
    socket.write(query);
  });
  return answered.finally(() => socket.destroy());
}

function decoded(message: Buffer): DecodedPacket | undefined {
  try {
    return decode(message);
  } catch {
    return undefined;
  }
}

function answerOf(packet: DecodedPacket, type: RecordType): DnsAnswer {
  const { rcode } = packet as DecodedPacket & { readonly rcode: string };
  if (rcode !== 'NOERROR' && rcode !== 'NXDOMAIN') throw new Error(`it answered ${rcode}`);
  const { answers = [], additionals = [], authorities = [] } = packet;
  const records = answers.filter((answer) => answer.type === type);
  const ttls = records.length > 0 ? answers.map(ttlOf) : authorities.flatMap(negativeTtlOf);
  return { records, additionals, ttlSeconds: Math.min(...(ttls.length > 0 ? ttls : [NEGATIVE_TTL_SECONDS])) };
}

function ttlOf(answer: Answer): number {
  return 'ttl' in answer && answer.ttl !== undefined ? answer.ttl : 0;
}

/** "There is none" may be kept as long as the zone's SOA record says (RFC 2308, section 5). */
function negativeTtlOf(answer: Answer): number[] {
  return answer.type === 'SOA' ? [Math.min(ttlOf(answer), answer.data.minimum ?? 0)] : [];
}

function sameName(a: string, b: string): boolean {
  const plain = (name: string) => name.toLowerCase().replace(/\.$/, '');
  return plain(a) === plain(b);
}
