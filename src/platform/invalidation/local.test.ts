import assert from 'node:assert/strict';
import { test } from 'node:test';
import { silentLogger } from '../telemetry/silent.ts';
import { localInvalidations } from './local.ts';

test('every listener hears a publication at once, until it has had enough', () => {
  const { publish, publishAll, subscribe } = localInvalidations(silentLogger);
  const heard: string[] = [];
  const stop = subscribe(
    (tags) => heard.push(`first ${tags}`),
    () => heard.push('first, anything'),
  );
  subscribe(
    (tags) => heard.push(`second ${tags}`),
    () => heard.push('second, anything'),
  );
  publish(['product:mug', 'sku:MUG-W']);
  publishAll();
  assert.deepEqual(heard, [
    ...['first product:mug,sku:MUG-W', 'second product:mug,sku:MUG-W'],
    ...['first, anything', 'second, anything'],
  ]);
  stop();
  publish(['product:bowl']);
  publish([]);
  assert.deepEqual(heard.slice(4), ['second product:bowl']);
});

test('a listener that throws harms neither the others nor who publishes', () => {
  const errors: unknown[] = [];
  const logger = { ...silentLogger, error: (fields: object) => errors.push(fields) };
  const { publish, publishAll, subscribe } = localInvalidations(logger);
  const heard: string[] = [];
  const broken = () => {
    throw new Error('broken');
  };
  subscribe(broken, broken);
  subscribe(
    (tags) => heard.push(...tags),
    () => heard.push('anything'),
  );
  publish(['product:mug']);
  publishAll();
  assert.deepEqual(heard, ['product:mug', 'anything']);
  assert.equal(errors.length, 2);
});
