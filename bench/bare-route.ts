import { readFileSync } from 'node:fs';
import Fastify from 'fastify';

// A bare Fastify route that returns the bytes of a file: what a product read is compared with, in a process of its own.
const [, , file = ''] = process.argv;
const bytes = readFileSync(file);
const server = Fastify();
server.get('/bytes', (_request, reply) => reply.type('application/json; charset=utf-8').send(bytes));
const address = await server.listen({ port: 0, host: '127.0.0.1' });
process.stdout.write(`${new URL(address).port}
`);
