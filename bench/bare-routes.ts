/** Bare Fastify routes that return the bytes of files, each at its place in the arguments: `/0`, `/1` … Prints its port. */

import { readFileSync } from 'node:fs';
import Fastify from 'fastify';

const server = Fastify();
process.argv.slice(2).forEach((file, index) => {
  const bytes = readFileSync(file);
  server.get(`/${index}`, (_request, reply) => reply.type('application/json; charset=utf-8').send(bytes));
});
const address = await server.listen({ port: 0, host: '127.0.0.1' });
process.stdout.write(`${new URL(address).port}\n`);
