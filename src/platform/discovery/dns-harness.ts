import { createSocket, type Socket } from 'node:dgram';
import { once } from 'node:events';
import { createServer, type Server } from 'node:net';
import { type Answer, decode, encode, type Packet, streamEncode } from 'dns-packet';

/** A zone held in memory, answered for on loopback by UDP and TCP: for what a real server does not do on demand. */
export interface FakeZone {
  readonly address: string;
  readonly asked: { readonly type: string; readonly by: 'udp' | 'tcp' }[];
  answer: (
    question: { readonly name: string; readonly type: string },
    by: 'udp' | 'tcp',
  ) => Partial<Packet> | undefined;
  close(): Promise<void>;
}

export async function fakeZone(): Promise<FakeZone> {
  const { udp, tcp } = await onOnePort();
  const reply = (packet: Packet, by: 'udp' | 'tcp'): Packet | undefined => {
    const question = packet.questions?.[0];
    if (question === undefined) return undefined;
    zone.asked.push({ type: question.type, by });
    const answer = zone.answer(question, by);
    if (answer === undefined) return undefined;
    return { type: 'response', id: packet.id ?? 0, questions: packet.questions ?? [], ...answer };
  };
  udp.on('message', (message, from) => {
    const answer = reply(decode(message), 'udp');
    if (answer !== undefined) udp.send(encode(answer), from.port, from.address);
  });
  tcp.on('connection', (socket) => {
    socket.on('data', (data: Buffer) => {
      const answer = reply(decode(data.subarray(2)), 'tcp');
      if (answer !== undefined) socket.end(streamEncode(answer));
    });
  });
  const zone: FakeZone = {
    address: `127.0.0.1:${udp.address().port}`,
    asked: [],
    answer: () => ({}),
    async close() {
      await new Promise<void>((resolve) => udp.close(() => resolve()));
      await new Promise<void>((resolve) => tcp.close(() => resolve()));
    },
  };
  return zone;
}

/** A port that is free for UDP may be another process's for TCP: then the next one is tried. */
async function onOnePort(): Promise<{ readonly udp: Socket; readonly tcp: Server }> {
  for (;;) {
    const udp = createSocket('udp4');
    udp.bind(0, '127.0.0.1');
    await once(udp, 'listening');
    const tcp = createServer();
    try {
      tcp.listen(udp.address().port, '127.0.0.1');
      await once(tcp, 'listening');
      return { udp, tcp };
    } catch (error) {
      udp.close();
      if ((error as NodeJS.ErrnoException).code !== 'EADDRINUSE') throw error;
    }
  }
}

export function a(name: string, data: string, ttl = 5): Answer {
  return { type: 'A', name, data, ttl };
}

export function srv(name: string, target: string, port: number, ttl = 5): Answer {
  return { type: 'SRV', name, ttl, data: { target, port, priority: 0, weight: 0 } };
}
