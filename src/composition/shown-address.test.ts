import assert from 'node:assert/strict';
import { test } from 'node:test';
import { withoutPassword } from './shown-address.ts';

test('no address shows its password or token, wherever it stands', () => {
  const shown = {
    'postgres://shop:hunter2@db:5432/postgres': 'postgres://shop:••••••••@db:5432/postgres',
    'at https://u:p@ss@search:9200/a@b, down': 'at https://u:••••••••@search:9200/a@b, down',
    'redis-sentinel://:hunter2@one:1,two:2/0#main': 'redis-sentinel://:••••••••@one:1,two:2/0#main',
    'http://token-0123@host/path, http://u:p@two': 'http://••••••••@host/path, http://u:••••••••@two',
    'postgres://shop@db:5432': 'postgres://shop@db:5432',
    'http://[::1]:80/a:b@c': 'http://[::1]:80/a:b@c',
    'no address': 'no address',
  };
  for (const [text, seen] of Object.entries(shown)) assert.equal(withoutPassword(text), seen);
});
