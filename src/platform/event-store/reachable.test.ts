import assert from 'node:assert/strict';
import { test } from 'node:test';
import { UnavailableFault } from './port.ts';
import { reachable } from './reachable.ts';
import { newStorage, plainDocuments } from './store-harness.ts';

test('a read that finds the storage away says so; a wrong question stays a fault', async () => {
  let fault: Error | undefined = new Error('Connection terminated due to connection timeout');
  const base = newStorage();
  const storage = reachable({
    ...base,
    documents: async (...asked) => {
      if (fault !== undefined) throw fault;
      return base.documents(...asked);
    },
  });
  const read = () => storage.documents(plainDocuments, 0, ['a']);
  await assert.rejects(read(), (said: Error) => said instanceof UnavailableFault && said.cause === fault);
  fault = Object.assign(new Error('column "b" does not exist'), { code: '42703' });
  await assert.rejects(read(), fault);
  await assert.rejects(
    storage.query({ collection: { ...plainDocuments, name: 'nobody-s' }, generation: 0, where: {}, limit: 1 }),
    TypeError,
  );
  fault = undefined;
  assert.equal((await read()).size, 0);
});
