import assert from 'node:assert/strict';
import { test } from 'node:test';
import { silentLogger } from '../telemetry/silent.ts';
import { localInvalidations } from './local.ts';

test('every listener hears a publication at once, until it has had enough', () => {
  const { publish, subscribe } = localInvalidations(silentLogger);
  const heard: string[] = [];
  const stop = subscribe((tags) => heard.push(`first ${tags}`));
  subscribe((tags) => heard.push(`second ${tags}`));
  publish(['product:mug', 'sku:MUG-W']);
  assert.deepEqual(heard, ['first product:mug,sku:MUG-W', 'second product:mug,sku:MUG-W']);
  stop();
  publish(['product:bowl']);
  publish([]);
  assert.deepEqual(heard.slice(2), ['second product:bowl']);
});

test('a listener that throws harms neither the others nor who publishes', () => {
  const errors: unknown[] = [];
  const logger = { ...silentLogger, error: (fields: object) => errors.push(fields) };
  const { publish, subscribe } = localInvalidations(logger);
  const heard: string[] = [];
  subscribe(() => {
    throw new Error('broken');
  });
  subscribe((tags) => heard.push(...tags));
  publish(['product:mug']);
  assert.deepEqual(heard, ['product:mug']);
  assert.equal(errors.length, 1);
});
