import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { createConnection, type Socket } from 'node:net';
import { test } from 'node:test';
import { setTimeout as pause } from 'node:timers/promises';
import { Worker } from 'node:worker_threads';

const CROWD = 1_000;
const WITHIN_MS = 5_000;
/** What the system allows; on others than Linux nobody says. */
const allowed = process.platform === 'linux' ? Number(readFileSync('/proc/sys/net/core/somaxconn', 'utf8')) : 0;

/** A door whose process takes nothing until it is let go. */
const BUSY_DOOR = `
  const { createServer } = require('node:net');
  const { parentPort, workerData } = require('node:worker_threads');
  import(workerData.listen).then(async ({ listenAt }) => {
    const server = createServer((socket) => socket.on('error', () => undefined));
    await listenAt(server, '127.0.0.1', 0);
    parentPort.postMessage(server.address().port);
    Atomics.wait(workerData.busy, 0, 0);
  });
`;

test('a crowd that comes while the process is busy waits at the door', { skip: allowed <= CROWD }, async () => {
  const busy = new Int32Array(new SharedArrayBuffer(4));
  const workerData = { busy, listen: new URL('./listen.ts', import.meta.url).href };
  const worker = new Worker(BUSY_DOOR, { eval: true, workerData });
  const port = await new Promise<number>((resolve, reject) => {
    worker.once('message', resolve);
    worker.once('error', reject);
  });
  const sockets: Socket[] = [];
  let inside = 0;
  try {
    for (let at = 0; at < CROWD; at++) {
      const socket = createConnection({ host: '127.0.0.1', port }, () => inside++);
      socket.on('error', () => undefined);
      sockets.push(socket);
    }
    const until = performance.now() + WITHIN_MS;
    while (inside < CROWD && performance.now() < until) await pause(10);
    assert.equal(inside, CROWD);
  } finally {
    for (const socket of sockets) socket.destroy();
    Atomics.store(busy, 0, 1);
    Atomics.notify(busy, 0);
    await worker.terminate();
  }
});
