import assert from 'node:assert/strict';
import { test } from 'node:test';
import { redisAddress } from './address.ts';

test('reads a server, sentinels and a cluster', () => {
  const plain = { group: '', database: 0, tls: false };
  assert.deepEqual(redisAddress('redis://localhost'), {
    ...plain,
    kind: 'single',
    nodes: [{ host: 'localhost', port: 6379 }],
  });
  assert.deepEqual(redisAddress('rediss://shop:p%40ss@[::1]:7000/3'), {
    kind: 'single',
    nodes: [{ host: '::1', port: 7000 }],
    group: '',
    database: 3,
    tls: true,
    username: 'shop',
    password: 'p@ss',
  });
  assert.deepEqual(redisAddress('redis-sentinel://:secret@a:1,b/2#main'), {
    kind: 'sentinel',
    nodes: [
      { host: 'a', port: 1 },
      { host: 'b', port: 26379 },
    ],
    group: 'main',
    database: 2,
    tls: false,
    password: 'secret',
  });
  assert.deepEqual(redisAddress('redis-cluster://a:1,b:2/'), {
    ...plain,
    kind: 'cluster',
    nodes: [
      { host: 'a', port: 1 },
      { host: 'b', port: 2 },
    ],
  });
});

test('refuses what is none, and tells no password', () => {
  for (const wrong of [
    'http://a',
    'redis://',
    'redis://a,b',
    'redis://a/b',
    'redis://a:99999',
    'redis://a:0',
    'redis-sentinel://a',
    'redis-sentinel://a/main',
    'redis://a#main',
    'redis-cluster://a/1',
    'redis://u:hunter2@a:x',
  ])
    assert.throws(
      () => redisAddress(wrong),
      (error: Error) => error instanceof RangeError && !error.message.includes('hunter2'),
      wrong,
    );
});
