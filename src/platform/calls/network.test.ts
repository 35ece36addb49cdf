import assert from 'node:assert/strict';
import { type AddressInfo, connect, type Socket } from 'node:net';
import { describe, it } from 'node:test';
import Fastify from 'fastify';
import type { CallContract } from '../../kernel/contract.ts';
import { done, rejected, unknown } from '../../kernel/outcome.ts';
import { systemClock } from '../clock/system.ts';
import type { HttpServer } from '../http/port.ts';
import type { Leader, Reader } from '../membership/port.ts';
import type { Policy } from '../resilience/port.ts';
import { silentLogger } from '../telemetry/silent.ts';
import { LINK_PATH, LINK_PROTOCOL } from './link.ts';
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
const asking: CallContract<{ name: string }, { greeting: string }> = { ...call, kind: 'query' };
const greeter = { service: 'greeter', calls: { greet: call }, events: {} } as const;
const seer = { service: 'seer', calls: { look: asking, curse: { ...asking, kind: 'command' } }, events: {} } as const;
const looking = (who: string) => async () => done({ greeting: `seen by ${who}` });
const seeing = ({ local }: { local: ReturnType<typeof localCalls> }, who: string) =>
  local.serve(seer, { look: looking(who), curse: looking(who) });

/** A process that may serve the greeter, listening. */
async function process(token = TOKEN) {
  const local = localCalls(silentLogger);
  const http = Fastify() as unknown as HttpServer;
  await http.register(async (scope) => callRoutes(local, token, systemClock)(scope as HttpServer));
  const connections = new Set<Socket>();
  http.server.on('connection', (connection) => connections.add(connection));
  await http.listen({ host: '127.0.0.1', port: 0 });
  const { port } = http.server.address() as AddressInfo;
  const dies = () => {
    for (const connection of connections) connection.destroy();
  };
  return { local, http, dies, connections, origin: `http://127.0.0.1:${port}` };
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
  let readers: readonly Reader[] = [];
  const listeners = new Set<() => void>();
  const remote = remoteAsking({ token: TOKEN, clock: systemClock, timeoutMs: 500 });
  const local = localCalls(silentLogger);
  const unguarded: Policy = (next) => next;
  const calls = networkCalls({
    ...{ local, remote, contracts: [greeter, seer], policyOf: () => () => unguarded, clock: systemClock, patienceMs },
    membership: {
      leaderOf: () => leader,
      readersOf: () => readers,
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
    ...{ calls, local, remote, first, second, client: calls.client(greeter), seer: calls.client(seer) },
    led(origin: string | undefined, term = 1) {
      leader = origin === undefined ? undefined : { member: 'x', origin, isSelf: false, term, routes: [] };
      for (const look of [...listeners]) look();
    },
    read(...origins: string[]) {
      const reads = { routes: [], calls: ['look', 'curse'], isSelf: false };
      readers = origins.map((origin) => ({ ...reads, member: origin, origin }));
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

  it('that only ask are spread over those who answer them, a command goes to the leader alone', async () => {
    await using shop = await caller();
    seeing(shop.first, 'first');
    shop.second.local.serveReads(seer, { look: looking('second') });
    shop.led(shop.first.origin);
    shop.read(shop.first.origin, shop.second.origin);
    const seen = await Promise.all(Array.from({ length: 10 }, () => shop.seer.look({ name: 'Sun' })));
    const by = seen.map((outcome) => outcome.kind === 'done' && outcome.answer.greeting);
    assert.equal(by.filter((each) => each === 'seen by first').length, 5);
    assert.equal(by.filter((each) => each === 'seen by second').length, 5);
    for (let at = 0; at < 4; at++) {
      const outcome = await shop.seer.curse({ name: 'Sun' });
      assert.equal(outcome.kind === 'done' && outcome.answer.greeting, 'seen by first');
    }
  });

  it('that only ask are asked of another when one is gone, and of the leader when none is left', async () => {
    await using shop = await caller();
    const end = shop.second.local.serveReads(seer, { look: looking('second') });
    seeing(shop.first, 'first');
    shop.led(shop.first.origin);
    shop.read('http://127.0.0.1:1', shop.second.origin);
    for (let at = 0; at < 4; at++) {
      const outcome = await shop.seer.look({ name: 'Sun' });
      assert.equal(outcome.kind === 'done' && outcome.answer.greeting, 'seen by second');
    }
    end();
    const outcome = await shop.seer.look({ name: 'Sun' });
    assert.equal(outcome.kind === 'done' && outcome.answer.greeting, 'seen by first');
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
        shop.first.dies();
        return new Promise(() => undefined);
      },
    });
    shop.led(shop.first.origin);
    assert.deepEqual(await shop.client.greet({ name: 'Sun' }), unknown('unreachable'));
    assert.equal(asked, 1);
  });

  it('are given up after their time, and the next ones are answered over the same connection', async () => {
    await using shop = await caller();
    shop.first.local.serve(greeter, {
      greet: ({ name }, context) =>
        name === 'nobody' ? new Promise(() => undefined) : Promise.resolve(done({ greeting: name, context })),
    });
    shop.led(shop.first.origin);
    const late = shop.client.greet({ name: 'nobody' });
    assert.equal((await shop.client.greet({ name: 'Sun' })).kind, 'done');
    assert.deepEqual(await late, unknown('timeout'));
    assert.equal((await shop.client.greet({ name: 'Sun' })).kind, 'done');
    assert.equal(shop.first.connections.size, 1);
  });

  it('are answered in whatever order they end, all over one connection', async () => {
    await using shop = await caller();
    const asked: (() => void)[] = [];
    shop.first.local.serve(greeter, {
      greet: ({ name }, context) =>
        new Promise((resolve) => asked.push(() => resolve(done({ greeting: name, context })))),
    });
    shop.led(shop.first.origin);
    const names = Array.from({ length: 200 }, (_, index) => `${index} ${'안녕'.repeat(index)}`);
    const answers = Promise.all(names.map((name) => shop.client.greet({ name })));
    while (asked.length < names.length) await new Promise((resolve) => systemClock.after(5, () => resolve(undefined)));
    for (const answer of asked.reverse()) answer();
    const greetings = (await answers).map((outcome) => (outcome.kind === 'done' ? outcome.answer.greeting : outcome));
    assert.deepEqual(greetings, names);
    assert.equal(shop.first.connections.size, 1);
  });

  it('that are under way are answered when their process closes, and what comes then goes elsewhere', async () => {
    await using shop = await caller();
    const asked = Promise.withResolvers<() => void>();
    shop.first.local.serve(greeter, {
      greet: (_request, context) =>
        new Promise((resolve) => asked.resolve(() => resolve(done({ greeting: 'in time', context })))),
    });
    serving(shop.second, 'second');
    shop.led(shop.first.origin, 1);
    const underWay = shop.client.greet({ name: 'Sun' });
    const answer = await asked.promise;
    const closing = shop.first.http.close();
    await new Promise((resolve) => systemClock.after(30, () => resolve(undefined)));
    answer();
    const outcome = await underWay;
    assert.equal(outcome.kind === 'done' && outcome.answer.greeting, 'in time');
    await closing;
    const after = shop.client.greet({ name: 'Sun' });
    shop.led(shop.second.origin, 2);
    assert.equal((await after).kind, 'done');
  });

  it('that are under way to a process that takes its leave are broken off when it is gone', async () => {
    await using shop = await caller(5_000);
    const asked = Promise.withResolvers<void>();
    shop.first.local.serve(greeter, {
      greet: () => {
        asked.resolve();
        return new Promise(() => undefined);
      },
    });
    shop.led(shop.first.origin, 1);
    const underWay = shop.client.greet({ name: 'Sun' });
    await asked.promise;
    const closing = shop.first.http.close();
    await new Promise((resolve) => systemClock.after(100, () => resolve(undefined)));
    // The peer lets nobody in any more: whoever asks now waits for another leader.
    const refused = shop.client.greet({ name: 'Sun' });
    await new Promise((resolve) => systemClock.after(20, () => resolve(undefined)));
    shop.remote.drop(shop.first.origin);
    assert.deepEqual(await underWay, unknown('unreachable'));
    serving(shop.second, 'second');
    shop.led(shop.second.origin, 2);
    assert.equal((await refused).kind, 'done');
    await closing;
  });

  it('are answered to processes of the shop alone', async () => {
    await using shop = await caller();
    serving(shop.first, 'first');
    for (const token of ['guessed', `${TOKEN}.`, '']) {
      const stranger = remoteAsking({ token, clock: systemClock, timeoutMs: 500 });
      const outcome = await stranger.ask(shop.first.origin, 'greeter', 'greet', { name: 'Sun' }, {});
      assert.deepEqual(outcome, unknown('fault'));
      await stranger.close();
    }
  });

  it('end with whoever speaks another language', async () => {
    await using shop = await caller();
    serving(shop.first, 'first');
    const heard = await new Promise<string>((resolve, reject) => {
      const connection = connect(Number(new URL(shop.first.origin).port), '127.0.0.1');
      const head = `GET ${LINK_PATH} HTTP/1.1\r\nHost: x\r\nConnection: Upgrade\r\nUpgrade: ${LINK_PROTOCOL}\r\n`;
      connection.write(`${head}Authorization: Bearer ${TOKEN}\r\n\r\nnobody is called like that, and it is no frame`);
      let text = '';
      connection.on('data', (part) => {
        text += part;
      });
      connection.on('close', () => resolve(text));
      connection.on('error', reject);
    });
    assert.match(heard, /^HTTP\/1.1 101 /);
    assert.doesNotMatch(heard, /Hello/);
  });
});
