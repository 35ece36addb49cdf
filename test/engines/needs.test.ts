import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { needsOf, variableOf } from './needs.ts';

const folder = mkdtempSync(join(tmpdir(), 'jangteo-needs-'));
after(() => rmSync(folder, { recursive: true, force: true }));

function fileOf(name: string, text: string): string {
  const file = join(folder, name);
  writeFileSync(file, text);
  return file;
}
// Put together here, so that this file itself names no variable.
const named = (name: string) => `process.env.JANGTEO_${'TEST'}_${name};`;

test('an engine whose variable a file names is running for it', () => {
  const file = fileOf('a.engines.ts', `${named('KAFKA')} ${named('REDIS_CLUSTER')} ${named('PG18')}`);
  assert.deepEqual(needsOf(file), { running: ['kafka', 'redis-cluster'], installed: ['kafka', 'redis-cluster'] });
  assert.match(variableOf('redis-cluster'), /_REDIS_CLUSTER$/);
});

test('a harness speaks for those who import it, and another harness for that one', () => {
  fileOf('deep-harness.ts', named('REDIS'));
  fileOf('near-harness.ts', "import { x } from './deep-harness.ts';");
  fileOf('other.ts', named('CONSUL'));
  const file = fileOf('b.engines.ts', "import { a } from './near-harness.ts';\nimport { b } from './other.ts';");
  assert.deepEqual(needsOf(file).running, ['redis']);
});

test('an engine that a file starts itself is installed for it', () => {
  const file = fileOf(
    'c.engines.ts',
    "const mine = await ownEngine('mariadb');\nconst other = startEngine('nginx', {});",
  );
  assert.deepEqual(needsOf(file), { running: [], installed: ['mariadb', 'nginx'] });
});

test('a file that names no engine, or one that there is not, is refused', () => {
  assert.throws(() => needsOf(fileOf('d.engines.ts', '1')), /needs no engine/);
  assert.throws(() => needsOf(fileOf('e.engines.ts', named('ORACLE'))), /asks for oracle/);
});
