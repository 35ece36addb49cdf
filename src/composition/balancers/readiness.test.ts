import assert from 'node:assert/strict';
import { createServer, type Server } from 'node:http';
import { test } from 'node:test';
import { virtualClock } from '../../platform/clock/virtual.ts';
import { limits } from './limits.ts';
import { planOf } from './plan.ts';
import { watchReadiness } from './readiness.ts';

async function upstream(answer: () => number): Promise<{ readonly origin: string; readonly server: Server }> {
  const server = createServer((_, response) => response.writeHead(answer()).end());
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return { origin: `http://127.0.0.1:${(server.address() as { port: number }).port}`, server };
}

/** Lets the watch ask `times` times, each answer awaited: the clock is virtual, the sockets are not. */
async function rounds(clock: ReturnType<typeof virtualClock>, asked: () => number, times: number): Promise<void> {
  for (let round = 0; round < times; round++) {
    const before = asked();
    await clock.advance(limits.healthEveryMs);
    while (asked() === before) await new Promise((resolve) => setTimeout(resolve, 2));
    await new Promise((resolve) => setTimeout(resolve, 15));
  }
}

test('who says he is not ready is left out at once, who is back is believed after two answers', async () => {
  const clock = virtualClock();
  let status = 200;
  let asked = 0;
  let changes = 0;
  const { origin, server } = await upstream(() => {
    asked++;
    return status;
  });
  const plan = planOf({ engine: 'nginx', layer: 7, port: 1, upstreams: [origin], home: 'unused' });
  const watch = watchReadiness(clock, () => changes++);
  await watch.follow(plan);
  assert.equal(watch.ready().length, 1);
  status = 503;
  await rounds(clock, () => asked, 1);
  assert.deepEqual([watch.ready().length, changes], [0, 2]);
  status = 200;
  await rounds(clock, () => asked, 1);
  assert.equal(watch.ready().length, 0);
  await rounds(clock, () => asked, 1);
  assert.deepEqual([watch.ready().length, changes], [1, 3]);
  await watch.follow({ ...plan, upstreams: [] });
  assert.equal(watch.ready().length, 0);
  await watch.stop();
  server.closeAllConnections();
  server.close();
});

test('who does not answer is left out after as many times as with the other engines', async () => {
  const clock = virtualClock();
  let asked = 0;
  let isBroken = false;
  const { origin, server } = await upstream(() => 200);
  server.prependListener('request', (request) => {
    asked++;
    if (isBroken) request.socket.destroy();
  });
  const watch = watchReadiness(clock, () => undefined);
  await watch.follow(planOf({ engine: 'nginx', layer: 7, port: 1, upstreams: [origin], home: 'unused' }));
  isBroken = true;
  await rounds(clock, () => asked, limits.failures - 1);
  assert.equal(watch.ready().length, 1);
  await rounds(clock, () => asked, 1);
  assert.equal(watch.ready().length, 0);
  await watch.stop();
  server.closeAllConnections();
  server.close();
});
