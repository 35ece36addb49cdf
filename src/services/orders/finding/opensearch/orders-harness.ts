import { connect, createServer, type Socket } from 'node:net';
import { shop } from '../../orders-harness.ts';

/** The OpenSearch of the tests. Throws without one. */
export function testUrl(): string {
  const url = process.env.JANGTEO_TEST_OPENSEARCH;
  if (url === undefined) throw new Error('JANGTEO_TEST_OPENSEARCH must name an OpenSearch, http://host:port');
  return url;
}

let made = 0;

/** Orders whose lists are an OpenSearch's, in an index of their own, which is dropped at the end. */
export async function ordersOnOpenSearch(url = testUrl()) {
  const prefix = `test-orders-${process.pid}-${++made}`;
  const lists = { index: 'opensearch', url, prefix, restMs: 20, queryTimeoutMs: 5_000 };
  const orders = await shop({}, { lists });
  return {
    ...orders,
    prefix,
    async [Symbol.asyncDispose]() {
      await orders[Symbol.asyncDispose]();
      for (const index of await indices(prefix)) await fetch(`${testUrl()}/${index}`, { method: 'DELETE' });
    },
  };
}

export async function indices(prefix: string): Promise<readonly string[]> {
  const answer = await fetch(`${testUrl()}/${prefix}*/_alias`);
  return answer.ok ? Object.keys((await answer.json()) as object) : [];
}

/** A link to the engine that can be cut: connections end, and new ones are refused. */
export async function cuttableLink() {
  const { hostname, port } = new URL(testUrl());
  const sockets = new Set<Socket>();
  let isCut = false;
  const server = createServer((near) => {
    if (isCut) return near.destroy();
    const far = connect(Number(port), hostname);
    for (const socket of [near, far]) {
      sockets.add(socket);
      socket.on('error', () => undefined);
      socket.on('close', () => {
        sockets.delete(socket);
        near.destroy();
        far.destroy();
      });
    }
    near.pipe(far).pipe(near);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port: ours } = server.address() as { port: number };
  return {
    url: `http://127.0.0.1:${ours}`,
    cut() {
      isCut = true;
      for (const socket of sockets) socket.destroy();
    },
    mend() {
      isCut = false;
    },
    async [Symbol.asyncDispose]() {
      for (const socket of sockets) socket.destroy();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
