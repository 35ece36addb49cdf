import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { test } from 'node:test';
import { ownEngine } from '../../../test/engines/own-engine.ts';
import { launcherConformance } from './launcher-conformance.ts';
import { startEngine } from './start.ts';

const JSON_BODY = { 'content-type': 'application/json' };

launcherConformance('opensearch', (options) => startEngine('opensearch', options), {
  async put({ url }) {
    const body = JSON.stringify({ word: 'kept' });
    await fetch(`${url}/kept/_doc/1?refresh=true`, { method: 'PUT', headers: JSON_BODY, body });
  },
  holds: async ({ url }) => (await (await fetch(`${url}/kept/_doc/1`)).text()).includes('"word":"kept"'),
});

test('OpenSearch knows Korean: nori takes words apart', async () => {
  const url = process.env.JANGTEO_TEST_OPENSEARCH;
  assert.ok(url !== undefined, 'run it through npm run test:engines');
  const body = JSON.stringify({ analyzer: 'nori', text: '무선청소기를' });
  const answer = await fetch(`${url}/_analyze`, { method: 'POST', headers: JSON_BODY, body });
  const { tokens } = (await answer.json()) as { tokens: { token: string }[] };
  assert.ok(tokens.some(({ token }) => token === '무선'));
});

// Only Linux tells what a process has in memory.
test('OpenSearch starts from the archive of its classes', { skip: !existsSync('/proc/self/maps') }, async () => {
  const engine = await ownEngine('opensearch', { memoryMb: 256 });
  try {
    const [node] = engine.processes();
    assert.match(readFileSync(`/proc/${node?.pid}/maps`, 'utf8'), /opensearch-[^/]+\/classes\.jsa$/m);
  } finally {
    await engine.remove();
  }
});
