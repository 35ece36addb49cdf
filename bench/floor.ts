/**
 * The floor: the least that a sale can be. One HTTP call on Fastify, one row that is on the disk before the answer, all of one hot
 * product, and nothing else: no cart, no processor, no second service. `node bench/floor.ts <postgres url>` prints its port.
 */

import Fastify from 'fastify';
import pg from 'pg';

const [, , connectionString = ''] = process.argv;
const client = new pg.Client({ connectionString });
await client.connect();
await client.query('create table product (sku text primary key, on_hand bigint not null)');
await client.query('create table sale (id bigint generated always as identity primary key, sku text, shopper text)');
await client.query(`insert into product values ('HOT', 1000000000)`);

const SELL = {
  name: 'sell',
  text: `with taken as (update product set on_hand = on_hand - cardinality($1::text[]) where sku = 'HOT')
         insert into sale (sku, shopper) select 'HOT', unnest($1::text[]) returning id`,
};

interface Buyer {
  readonly shopper: string;
  answer(id: string): void;
  fail(error: Error): void;
}

let waiting: Buyer[] = [];
let committing = false;

/** Who comes while a commit is under way shares the next one. */
async function commitAll(): Promise<void> {
  if (committing) return;
  committing = true;
  while (waiting.length > 0) {
    const group = waiting;
    waiting = [];
    try {
      const { rows } = await client.query({ ...SELL, values: [group.map(({ shopper }) => shopper)] });
      group.forEach((buyer, index) => {
        buyer.answer(rows[index].id);
      });
    } catch (error) {
      for (const buyer of group) buyer.fail(error as Error);
    }
  }
  committing = false;
}

const server = Fastify();
server.post<{ Body: { shopper: string } }>(
  '/sales',
  {
    schema: {
      body: { type: 'object', required: ['shopper'], properties: { shopper: { type: 'string' } } },
      response: { 201: { type: 'object', properties: { id: { type: 'string' } } } },
    },
  },
  (request, reply) => {
    waiting.push({
      shopper: request.body.shopper,
      answer: (id) => reply.code(201).send({ id }),
      fail: (error) => reply.send(error),
    });
    setImmediate(commitAll);
  },
);
const address = await server.listen({ port: 0, host: '127.0.0.1' });
process.stdout.write(`${new URL(address).port}\n`);
