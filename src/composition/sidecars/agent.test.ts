import assert from 'node:assert/strict';
import { once } from 'node:events';
import { type AddressInfo, createServer } from 'node:net';
import { test } from 'node:test';
import { silentLogger } from '../../platform/telemetry/silent.ts';
import { startAgent } from './agent.ts';

test('a sidecar whose port is taken says so, and ships nothing any more', async () => {
  const taken = createServer().listen(0, '127.0.0.1');
  await once(taken, 'listening');
  const { port } = taken.address() as AddressInfo;
  let reads = 0;
  const source = {
    async next() {
      reads += 1;
      return { lines: [], lost: 0, isMore: false };
    },
    taken: async () => undefined,
  };
  const logs = { source, sink: { send: () => assert.fail('there is nothing to send') } };
  try {
    const starting = startAgent({ logs, scrapes: [], listen: { host: '127.0.0.1', port }, logger: silentLogger });
    await assert.rejects(starting, { name: 'SetupFault', message: /cannot listen at port \d+ .* choose another\.$/ });
    assert.equal(reads, 2, 'what waits is looked for once more at the end');
  } finally {
    taken.close();
  }
});
