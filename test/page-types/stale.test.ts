import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { generatedTypes } from './types.ts';

test('the types that the pages know the shop by are those of its OpenAPI documents', async () => {
  const files = await generatedTypes();
  assert.ok(files.has('web.ts') && files.has('api.ts'), [...files.keys()].join());
  for (const [file, text] of files) {
    const path = join(import.meta.dirname, '..', '..', 'web', 'generated', file);
    const kept = existsSync(path) ? readFileSync(path, 'utf8') : '';
    assert.ok(kept === text, `web/generated/${file} is stale: run npm run generate and commit what it writes`);
  }
});
