/** A bare Fastify route of 1 kB at `/`, and as a stream of events at `/events`. Prints its port. */

import Fastify from 'fastify';

const server = Fastify();
const answer = { text: 'x'.repeat(1_000) };
server.get('/', () => answer);
const address = await server.listen({ port: 0, host: '127.0.0.1' });
process.stdout.write(`${new URL(address).port}\n`);
