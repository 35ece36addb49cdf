import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { Origin } from '../../edges/gateway/front/origins.ts';
import { virtualClock } from '../../platform/clock/virtual.ts';
import type { Reader } from '../../platform/membership/port.ts';
import { sharingReads } from './readers.ts';

const readerAt = (port: number, routes = ['GET /v1/search', 'GET /v1/search/:word']): Reader => ({
  ...{ member: `search-${port}`, origin: `http://127.0.0.1:${port}`, isSelf: false, routes, calls: ['search'] },
});
const leader: Origin = { origin: 'http://127.0.0.1:9' };

function world(readers: readonly Reader[]) {
  const clock = virtualClock();
  const there = { readers };
  const changes: (Origin | undefined)[] = [];
  const origins = sharingReads(
    {
      of: () => leader,
      async change(_upstream, than) {
        changes.push(than);
      },
    },
    {
      membership: { readersOf: (service) => (service === 'search' ? there.readers : []) },
      ...{ token: 'token', clock },
    },
  );
  const ask = (url = '/v1/search?q=cup', method = 'GET', service = 'search') => origins.of(service, { method, url });
  return { clock, there, changes, origins, ask };
}

describe('what a gateway sends to those who read', () => {
  it('is what they answer, by turns; everything else goes to the leader', () => {
    const { ask, origins } = world([readerAt(1), readerAt(2)]);
    const seen = [ask(), ask(), ask(), ask('/v1/search/cup')];
    assert.deepEqual(seen.map((each) => each?.origin.slice(-1)).sort(), ['1', '1', '2', '2']);
    assert.deepEqual(seen[0]?.headers, { 'jangteo-for': 'search.reads token' });
    assert.equal(seen[0], seen[2], 'who stays is the same');
    for (const other of [ask('/v1/admin/search/rebuild', 'POST'), ask('/v1/search', 'POST'), ask('/v1/searching')])
      assert.equal(other, leader);
    assert.equal(ask('/v1/search', 'GET', 'catalog'), leader);
    assert.equal(origins.of('search'), leader, 'who asks for nothing that is read');
  });

  it('goes to another one for a second when one has failed, and to the leader when all have', async () => {
    const { ask, origins, clock, changes } = world([readerAt(1), readerAt(2)]);
    const first = ask();
    await origins.change('search', first, 1_000);
    const others = [ask(), ask(), ask()];
    assert.equal(new Set(others).size, 1);
    assert.notEqual(others[0], first);
    await origins.change('search', others[0], 1_000);
    assert.equal(ask(), leader);
    await origins.change('search', leader, 1_000);
    assert.deepEqual(changes, [leader], 'for another leader one waits');
    await clock.advance(1_000);
    assert.equal(new Set([ask(), ask(), ask()]).size, 2);
  });

  it('follows who comes and goes', () => {
    const { ask, there } = world([readerAt(1)]);
    assert.equal(ask(), ask());
    there.readers = [readerAt(1), readerAt(2)];
    assert.equal(new Set([ask(), ask()]).size, 2);
    there.readers = [readerAt(1, []), readerAt(2)];
    assert.deepEqual([ask()?.origin, ask()?.origin], ['http://127.0.0.1:2', 'http://127.0.0.1:2']);
    there.readers = [];
    assert.equal(ask(), leader);
  });
});
