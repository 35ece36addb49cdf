import assert from 'node:assert/strict';
import { test } from 'node:test';
import { serverUnderTest } from '../../../platform/http/server-harness.ts';
import { changedCart, rememberSeen, seenCart, showsCart } from './seen-cart.ts';

test('a browser carries which state of its cart it was last shown; what was changed and not shown it does not know', async () => {
  const http = await serverUnderTest();
  http.addHook('onSend', async (request, reply) => rememberSeen(request, reply));
  http.get('/shown/:state', async (request) => {
    const before = seenCart(request);
    showsCart(request, (request.params as { state: string }).state);
    return { before, now: seenCart(request) };
  });
  http.get('/bought', async (request) => {
    changedCart(request);
    return { now: seenCart(request) };
  });
  http.get('/else', async (request) => {
    showsCart(request, undefined);
    return { before: seenCart(request) };
  });
  const ask = async (url: string, cookie?: string) => {
    const answer = await http.inject({ url, headers: cookie === undefined ? {} : { cookie } });
    return { body: answer.json(), set: [answer.headers['set-cookie'] ?? []].flat().map(String) };
  };

  const first = await ask('/shown/one');
  assert.deepEqual(first.body, { now: 'one' });
  assert.match(String(first.set), /^seen=one; Max-Age=86400; Path=\/; HttpOnly; SameSite=Lax$/);
  assert.deepEqual(await ask('/shown/one', 'seen=one'), { body: { before: 'one', now: 'one' }, set: [] });
  assert.deepEqual((await ask('/shown/two', 'seen=one')).body, { before: 'one', now: 'two' });
  const bought = await ask('/bought', 'seen=two');
  assert.deepEqual(bought.body, {});
  assert.match(String(bought.set), /^seen=; Max-Age=0/);
  assert.deepEqual((await ask('/bought')).set, []);
  assert.deepEqual(await ask('/else', 'seen=two'), { body: { before: 'two' }, set: [] });
  assert.deepEqual((await ask('/else', `seen=${'x'.repeat(2_000)}`)).body, {});
  await http.close();
});
