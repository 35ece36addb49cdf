/** What a proxy is that anybody would write first: Fastify and undici's `dispatch`. `node bench/bare-dispatch.ts <port>` forwards all there. Prints its port. */

import Fastify from 'fastify';
import { Pool } from 'undici';

const OF_A_CONNECTION = new Set(['connection', 'keep-alive', 'transfer-encoding']);

const pool = new Pool(`http://127.0.0.1:${process.argv[2]}`);
const server = Fastify();
server.all('/*', ({ raw }, reply) => {
  reply.hijack();
  const response = reply.raw;
  pool.dispatch(
    { path: raw.url ?? '/', method: raw.method ?? 'GET', headers: raw.headers, body: null },
    {
      onConnect() {},
      onHeaders(status, lines) {
        const texts = lines.map((each) => each.toString('latin1'));
        const isKept = (at: number) => !OF_A_CONNECTION.has((texts[at - (at % 2)] ?? '').toLowerCase());
        response.writeHead(
          status,
          texts.filter((_, at) => isKept(at)),
        );
        return true;
      },
      onData: (chunk) => response.write(chunk),
      onComplete: () => void response.end(),
      onError: (error) => void response.destroy(error),
    },
  );
});
const address = await server.listen({ port: 0, host: '127.0.0.1' });
process.stdout.write(`${new URL(address).port}\n`);
