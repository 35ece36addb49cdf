import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { testServer } from '../platform/postgres/test-database.ts';
import { checkDatabase } from './database-check.ts';

for (const version of [15, 18] as const) {
  describe(`a PostgreSQL ${version}`, () => {
    it('that keeps what it acknowledges is fit', async () => {
      const report = await checkDatabase(testServer(version));
      assert.equal(Number.parseInt(report.version, 10), version);
    });

    it('that answers before it has written is refused, with the way out', async () => {
      const url = new URL(testServer(version));
      url.searchParams.set('options', '-c synchronous_commit=off');
      await assert.rejects(checkDatabase(url.href), /synchronous_commit = off .* set it to on/);
    });
  });
}

it('that is not there is said in one sentence', async () => {
  await assert.rejects(
    checkDatabase('postgres://nobody@127.0.0.1:1/none'),
    /^\w*Fault: The database at 127\.0\.0\.1:1 cannot be used/,
  );
});
