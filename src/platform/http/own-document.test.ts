import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Type } from 'typebox';
import { problems } from '../../contracts/problems.ts';
import { ownDocument } from './own-document.ts';
import type { HttpServer } from './port.ts';
import { serverUnderTest } from './server-harness.ts';

test('a scope with a document of its own is in it and in no other', async () => {
  const http = await serverUnderTest();
  await http.register(async (scope) => {
    await ownDocument(scope as HttpServer, {
      ...{ path: '/desk/openapi.json', title: 'Desk', description: 'For a test.', version: '1', problems },
      cookie: 'desk',
    });
    scope.get(
      '/desk/cases/:id',
      {
        schema: {
          params: Type.Object({ id: Type.String() }),
          response: { 200: Type.Object({ id: Type.String() }) },
        },
        config: { problems: ['unknown_case'] },
      },
      async (request) => ({ id: (request.params as { id: string }).id }),
    );
  });
  http.get('/v1/things', { schema: { response: { 200: Type.Object({}) } } }, async () => ({}));
  const document = async (url: string) => (await http.inject(url)).json();

  const own = await document('/desk/openapi.json');
  assert.equal(own.openapi, '3.1.0');
  assert.equal(own.info.title, 'Desk');
  assert.deepEqual(Object.keys(own.paths), ['/desk/cases/{id}']);
  const operation = own.paths['/desk/cases/{id}'].get;
  assert.match(operation.responses[404].description, /unknown_case/);
  assert.deepEqual(operation.security, [{ session: [] }]);

  const open = await document('/openapi.json');
  assert.ok(open.paths['/v1/things']);
  assert.equal(open.paths['/desk/cases/{id}'], undefined);
  await http.close();
});
