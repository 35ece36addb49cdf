import type { Server, Socket } from 'node:net';
import type { TLSSocket } from 'node:tls';
import { type Client, type ProxyHeader, proxyHeaderIn } from './proxy-protocol.ts';

/** How long a connection may say nothing at all, in ms: as long as Node waits for a request's head. */
const SILENT_MS = 60_000;

/**
 * Lets a server behind a proxy that passes connections through know its clients: a PROXY header at the beginning of a connection is
 * taken off, and `remoteAddress` is what it says, under TLS too. Connections without one are served as they are. Whoever can
 * connect is believed, as with `X-Forwarded-For`: put it only where shoppers cannot come by themselves. Call it before `listen`; the
 * returned function ends the connections that have said nothing yet, which would keep the server from closing.
 */
export function takeProxied(server: Server): () => void {
  const own = server.listeners('connection') as ((connection: Socket) => void)[];
  const silent = new Set<Socket>();
  const clients = new Map<string, Client>();

  const admit = (connection: Socket, client: Client | undefined) => {
    if (client !== undefined) {
      const place = placeOf(connection);
      clients.set(place, client);
      connection.once('close', () => clients.delete(place));
      speakFor(connection, client);
    }
    for (const listener of own) listener.call(server, connection);
  };

  server.removeAllListeners('connection');
  server.on('connection', (connection: Socket) => {
    silent.add(connection);
    const close = () => connection.destroy();
    const forget = () => silent.delete(connection);
    connection.setTimeout(SILENT_MS, close);
    connection.on('error', close);
    connection.on('close', forget);
    beginningOf(connection, (header) => {
      forget();
      connection.setTimeout(0);
      connection.off('timeout', close).off('error', close).off('close', forget);
      if (header.kind === 'malformed') return close();
      admit(connection, header.kind === 'told' ? header.client : undefined);
    });
  });
  server.prependListener('secureConnection', (secure: TLSSocket) => {
    const client = clients.get(placeOf(secure));
    if (client !== undefined) speakFor(secure, client);
  });
  return () => {
    for (const connection of silent) connection.destroy();
  };
}

/** Where a connection comes from, by itself: the same for what runs inside it. */
function placeOf({ remoteAddress, remotePort }: Socket): string {
  return `${remoteAddress} ${remotePort}`;
}

function speakFor(connection: Socket, { address, port }: Client): void {
  Object.defineProperties(connection, { remoteAddress: { value: address }, remotePort: { value: port } });
}

/** Takes the header off; what follows it is still to be read. */
function beginningOf(connection: Socket, found: (header: ProxyHeader) => void): void {
  let head: Buffer = Buffer.alloc(0);
  const take = (part: Buffer) => {
    head = head.length === 0 ? part : Buffer.concat([head, part]);
    const header = proxyHeaderIn(head);
    if (header.kind === 'incomplete') return;
    connection.off('data', take);
    connection.pause();
    const rest = header.kind === 'told' ? head.subarray(header.bytes) : head;
    if (rest.length > 0) connection.unshift(rest);
    found(header);
    process.nextTick(() => connection.resume());
  };
  connection.on('data', take);
}
