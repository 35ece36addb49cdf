import assert from 'node:assert/strict';
import type { AddressInfo } from 'node:net';
import { describe, it } from 'node:test';
import Fastify from 'fastify';
import type { CallContract } from '../../kernel/contract.ts';
import { done, rejected, unknown } from '../../kernel/outcome.ts';
import { systemClock } from '../clock/system.ts';
import type { HttpServer } from '../http/port.ts';
import type { Leader } from '../membership/port.ts';
import type { Policy } from '../resilience/port.ts';
import { silentLogger } from '../telemetry/silent.ts';
import { localCalls } from './local.ts';
import { networkCalls } from './network.ts';
import { remoteAsking } from './remote.ts';
import { callRoutes } from './routes.ts';

const TOKEN = 'what peers show each other';
const call: CallContract<{ name: string }, { greeting: string; context: unknown }> = {
  kind: 'command',
  request: {},
  answer: {},
  rejections: ['no_name'],
};
const greeter = { service: 'greeter', calls: { greet: call }, events: {} } as const;

/** A process that may serve the greeter, listening. */
async function process(token = TOKEN) {
  const local = localCalls(silentLogger);
  const http = Fastify() as unknown as HttpServer;
  await http.register(async (scope) => callRoutes(local, token)(scope as HttpServer));
  await http.listen({ host: '127.0.0.1', port: 0 });
  const { port } = http.server.address() as AddressInfo;
  return { local, http, origin: `http://127.0.0.1:${port}` };
}

const serving = ({ local }: { local: ReturnType<typeof localCalls> }, who: string) =>
  local.serve(greeter, {
    greet: async ({ name }, context) =>
      name === ''
        ? rejected({ code: 'no_name', detail: 'Say a name.' })
        : done({ greeting: `Hello ${name}, says ${who}`, context }),
  });

/** Calls of a process that serves nothing itself, and what it hears of who leads. */
async function caller(patienceMs = 300) {
  const first = await process();
  const second = await process();
  let leader: Leader | undefined;
  const listeners = new Set<() => void>();
  const remote = remoteAsking({ token: TOKEN, connections: 4, timeoutMs: 2_000 });
  const local = localCalls(silentLogger);
  const unguarded: Policy = (next) => next;
  const calls = networkCalls({
    ...{ local, remote, contracts: [greeter], policyOf: () => () => unguarded, clock: systemClock, patienceMs },
    membership: {
      leaderOf: () => leader,
      awaitLeader: (_service, waitMs, than) =>
        new Promise((resolve) => {
          const look = () => {
            if (leader === undefined || leader.term === than?.term) return;
            listeners.delete(look);
            resolve(leader);
          };
          listeners.add(look);
          systemClock.after(waitMs, () => resolve(undefined));
          look();
        }),
    },
  });
  return {
    ...{ calls, local, first, second, client: calls.client(greeter) },
    led(origin: string | undefined, term = 1) {
      leader = origin === undefined ? undefined : { member: 'x', origin, isSelf: false, term, routes: [] };
      for (const look of [...listeners]) look();
    },
    async [Symbol.asyncDispose]() {
      await remote.close();
      await Promise.all([first.http.close(), second.http.close()]);
    },
  };
}

describe('calls over the network', () => {
  it('come to the same outcomes as in the process, with what travels beside the request', async () => {
    await using shop = await caller();
    serving(shop.first, 'first');
    shop.led(shop.first.origin);
    assert.deepEqual(
      await shop.client.greet({ name: 'Sun' }, { idempotencyKey: 'k', timeoutMs: 900 }),
      done({ greeting: 'Hello Sun, says first', context: { idempotencyKey: 'k', timeoutMs: 900 } }),
    );
    const refused = await shop.calls.ask('greeter', 'greet', { name: '' }, {});
    assert.deepEqual(refused, rejected({ code: 'no_name', detail: 'Say a name.' }));
    assert.deepEqual(await shop.calls.ask('greeter', 'sing', {}, {}), unknown('unreachable'));
  });

  it('stay in the process where the service is led here', async () => {
    await using shop = await caller();
    const end = serving(shop, 'own');
    const outcome = await shop.client.greet({ name: 'Sun' });
    assert.equal(outcome.kind === 'done' && outcome.answer.greeting, 'Hello Sun, says own');
    end();
    assert.deepEqual(await shop.client.greet({ name: 'Sun' }), unknown('unreachable'));
  });

  it('wait for a leader while there is none, and find the next one when the first refuses or is gone', async () => {
    await using shop = await caller(5_000);
    serving(shop.second, 'second');
    const waiting = shop.client.greet({ name: 'Sun' });
    // It is there and does not lead: nothing has happened, another is asked.
    shop.led(shop.first.origin, 1);
    systemClock.after(30, () => shop.led('http://127.0.0.1:1', 2));
    systemClock.after(60, () => shop.led(shop.second.origin, 3));
    const outcome = await waiting;
    assert.equal(outcome.kind === 'done' && outcome.answer.greeting, 'Hello Sun, says second');
  });

  it('are unknown when the answer is lost on its way: nothing is asked twice', async () => {
    await using shop = await caller();
    let asked = 0;
    shop.first.local.serve(greeter, {
      greet: () => {
        asked += 1;
        shop.first.http.server.closeAllConnections();
        return new Promise(() => undefined);
      },
    });
    shop.led(shop.first.origin);
    assert.deepEqual(await shop.client.greet({ name: 'Sun' }), unknown('unreachable'));
    assert.equal(asked, 1);
  });

  it('are answered to processes of the shop alone', async () => {
    await using shop = await caller();
    serving(shop.first, 'first');
    const answer = await fetch(`${shop.first.origin}/internal/calls/greeter/greet`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization: 'Bearer guessed' },
      body: '{"request":{"name":"Sun"},"context":{}}',
    });
    assert.notEqual(answer.status, 200);
    assert.doesNotMatch(await answer.text(), /Hello/);
  });
});
