import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer } from 'node:net';
import { test } from 'node:test';
import { SetupFault } from '../fault.ts';
import { choosePorts, HOST, portsFrom } from './addresses.ts';

/** Holds a free port of loopback until the test is over. */
async function heldPort(): Promise<{ readonly port: number; readonly free: () => Promise<unknown> }> {
  const server = createServer().listen(0, HOST);
  await once(server, 'listening');
  const address = server.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  return { port, free: () => once(server.close(), 'close') };
}

const engineAt = (port: number) => ({ name: 'kafka' as const, port, ports: ['main', 'controller'] as const });

test('ports follow the first one, by their names', () => {
  assert.deepEqual(portsFrom(engineAt(9092), 100), { main: 100, controller: 101 });
});

test('a wished port that somebody holds is refused, with the way out', async () => {
  const { port, free } = await heldPort();
  await assert.rejects(choosePorts(engineAt(9092), port, undefined), (error) => {
    assert.ok(error instanceof SetupFault);
    assert.match(error.message, new RegExp(`Port ${port} of kafka is in use: .*--port`));
    return true;
  });
  await free();
});

test('others are taken when somebody holds the usual ones, and those of last time are kept when they are free', async () => {
  const { port, free } = await heldPort();
  const others = await choosePorts(engineAt(port), undefined, undefined);
  assert.notEqual(others.main, port);
  assert.equal(others.controller, others.main + 1);
  assert.deepEqual(await choosePorts(engineAt(port), undefined, others), others);
  await free();
});

test('two engines that choose at once never get the same ports', async () => {
  const { port, free } = await heldPort();
  const chosen = await Promise.all(Array.from({ length: 5 }, () => choosePorts(engineAt(port), undefined, undefined)));
  const all = chosen.flatMap((ports) => Object.values(ports));
  assert.equal(new Set(all).size, all.length);
  await free();
});
