import assert from 'node:assert/strict';
import { it } from 'node:test';
import type { CallContract } from '../../kernel/contract.ts';
import { done, rejected, unknown } from '../../kernel/outcome.ts';
import type { Policy } from '../resilience/port.ts';
import type { Logger } from '../telemetry/port.ts';
import { localCalls } from './local.ts';

const call: CallContract<{ name: string }, { greeting: string }> = {
  kind: 'query',
  request: {},
  answer: {},
  rejections: [],
};
const greeter = { service: 'greeter', calls: { greet: call }, events: {} } as const;
const quiet: Logger = { debug() {}, info() {}, warn() {}, error() {}, child: () => quiet };

const handlers = {
  greet: async ({ name }: { name: string }) =>
    name === '' ? rejected({ code: 'no_name', detail: 'Say a name.' }) : done({ greeting: `Hello ${name}` }),
};

it('answers through the client and by name alike', async () => {
  const calls = localCalls(quiet);
  calls.serve(greeter, handlers);
  assert.deepEqual(await calls.client(greeter).greet({ name: 'Sun' }), done({ greeting: 'Hello Sun' }));
  assert.deepEqual(await calls.ask('greeter', 'greet', { name: 'Sun' }, {}), done({ greeting: 'Hello Sun' }));
  assert.equal((await calls.client(greeter).greet({ name: '' })).kind, 'rejected');
});

it('says that a service which is not there is unreachable, also to a client made before', async () => {
  const calls = localCalls(quiet);
  const client = calls.client(greeter);
  assert.deepEqual(await client.greet({ name: 'Sun' }), unknown('unreachable'));
  calls.serve(greeter, handlers);
  assert.equal((await client.greet({ name: 'Sun' })).kind, 'done');
});

it('turns what a handler throws into unknown: the effect may or may not have happened', async () => {
  const calls = localCalls(quiet);
  calls.serve(greeter, {
    greet: async () => {
      throw new Error('fault');
    },
  });
  assert.deepEqual(await calls.client(greeter).greet({ name: 'Sun' }), unknown('fault'));
});

it('guards every call with the policy it was served with', async () => {
  const calls = localCalls(quiet);
  const closed: Policy = () => async () => unknown('circuit_open');
  calls.serve(greeter, handlers, () => closed);
  assert.deepEqual(await calls.client(greeter).greet({ name: 'Sun' }), unknown('circuit_open'));
});
