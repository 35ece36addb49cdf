import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, it } from 'node:test';
import { virtualClock } from '../../platform/clock/virtual.ts';
import { dropOldLogs } from './log-index.ts';
import { keepLogs, logStoreOf } from './log-keeping.ts';

const servers: { close(): unknown }[] = [];
afterEach(() => {
  for (const server of servers.splice(0)) server.close();
});

/** An OpenSearch that answers as it is told, and remembers what it was asked. */
async function openSearch(answer: (asked: string) => number) {
  const asked: { readonly what: string; readonly by: string | undefined }[] = [];
  const listener: RequestListener = ({ method, url, headers }, response) => {
    const what = `${method} ${url}`;
    asked.push({ what, by: headers.authorization });
    response.writeHead(answer(what), { connection: 'close' }).end('[{"index":"jangteo-logs-2026.01.01"}]');
  };
  const server = createServer(listener).listen(0, '127.0.0.1');
  servers.push(server);
  await once(server, 'listening');
  return { host: `127.0.0.1:${(server.address() as AddressInfo).port}`, asked };
}

const NOW = Date.parse('2026-11-22T00:00:00Z');

describe('how log lines are kept', () => {
  it('wherever somebody writes them to OpenSearch: the collector, or sidecars themselves', () => {
    const opensearch = 'http://search:9200';
    assert.equal(logStoreOf({}, { opensearch, otelcol: 'http://c:1' }), opensearch);
    assert.equal(logStoreOf({ sidecars: { logs: 'opensearch' } }, { opensearch }), opensearch);
    assert.equal(logStoreOf({}, { opensearch }), undefined, 'an index of products only');
    assert.equal(logStoreOf({}, { otelcol: 'http://c:1' }), undefined);
  });

  it('the template is put, old days go, with the account that stands in the address', async () => {
    const { host, asked } = await openSearch(() => 200);
    const clock = virtualClock(NOW);
    const keeping = keepLogs(`http://u:p%40ss@${host}`, clock, assert.fail);
    while (asked.length < 3) await new Promise(setImmediate);
    keeping.stop();
    assert.deepEqual(
      asked.map(({ what }) => what.split('?')[0]),
      ['PUT /_index_template/jangteo-logs', 'GET /_cat/indices/jangteo-logs-*', 'DELETE /jangteo-logs-2026.01.01'],
    );
    const basic = `Basic ${Buffer.from('u:p@ss').toString('base64')}`;
    assert.ok(asked.every(({ by }) => by === basic));
  });

  it('what goes wrong is told once, without the password', async () => {
    const { host } = await openSearch(() => 500);
    const said = Promise.withResolvers<string>();
    const keeping = keepLogs(`http://u:hunter2@${host}/`, virtualClock(NOW), said.resolve);
    const line = await said.promise;
    keeping.stop();
    assert.ok(!line.includes('hunter2'), line);
    assert.match(line, /^Log lines cannot be kept in http:\/\/u:•+@127\.0\.0\.1:\d+\/ yet \(OpenSearch refuses/);
  });

  it('a day that is not removed is told; one that somebody else has removed is gone', async () => {
    const statuses = { refusing: 403, gone: 404 };
    const { host: refusing } = await openSearch((what) => (what.startsWith('DELETE') ? statuses.refusing : 200));
    await assert.rejects(dropOldLogs(`http://${refusing}`, NOW), /jangteo-logs-2026\.01\.01: 403/);
    const { host: gone } = await openSearch((what) => (what.startsWith('DELETE') ? statuses.gone : 200));
    assert.deepEqual(await dropOldLogs(`http://${gone}`, NOW), ['jangteo-logs-2026.01.01']);
  });
});
