import assert from 'node:assert/strict';
import { it } from 'node:test';
import { SetupFault } from '../fault.ts';
import { addressesFor, namedRoutes } from './routes.ts';

it('a route table is found by its name, and its services where they are told to be', () => {
  const table = namedRoutes('microservices');
  const addresses = addressesFor(table, ['cart=a:1,b:2'], '3000');
  assert.deepEqual([addresses.cart, addresses.orders], [['a:1', 'b:2'], ['orders:3000']]);
});

it('what is not there, or not understood, is said in a sentence', () => {
  assert.throws(() => namedRoutes('nothing'), SetupFault);
  assert.throws(() => namedRoutes(import.meta.filename), /routes\.test\.ts: It is not JSON/);
  const table = namedRoutes('microservices');
  for (const told of ['cart', 'cart=a', 'unknown=a:1'])
    assert.throws(() => addressesFor(table, [told], '1'), SetupFault);
});
