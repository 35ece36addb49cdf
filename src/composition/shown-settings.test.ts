import assert from 'node:assert/strict';
import { test } from 'node:test';
import { readSettings } from './settings.ts';
import { shownEnvironment, shownSettings } from './shown-settings.ts';

test('what the environment says is shown with where it comes from, and no secret is', () => {
  const env = {
    PORT: '9000',
    JANGTEO_ADMIN_TOKEN: 'a-long-admin-token-of-ours',
    DATABASE_URL: 'postgres://shop:s3cret-word@db.example:5432/postgres',
    JANGTEO_WEBHOOK_SECRETS: 'orders=0123456789abcdef',
    JANGTEO_ENGINES: '{"redis":"redis://shop:redis-word@127.0.0.1:6379"}',
    JANGTEO_ROLE_PASSWORD_SEED: 'seed-of-all-passwords',
  };
  const shown = shownEnvironment(readSettings(env), env);
  const of = (name: string) => shown.find((setting) => setting.name === name);
  assert.deepEqual(of('PORT'), { name: 'PORT', value: '9000', secret: false, source: 'environment' });
  assert.equal(of('LOG_LEVEL')?.source, 'default');
  assert.equal(of('JANGTEO_ADMIN_TOKEN')?.source, 'environment');
  assert.equal(of('JANGTEO_SECRET')?.source, 'kept');
  assert.equal(of('DATABASE_URL')?.value, 'postgres://shop:••••••••@db.example:5432/postgres');
  assert.equal(of('JANGTEO_ENGINES')?.value, 'redis redis://shop:••••••••@127.0.0.1:6379');
  const text = JSON.stringify(shown);
  for (const secret of [
    'a-long-admin-token-of-ours',
    's3cret-word',
    '0123456789abcdef',
    'redis-word',
    'seed-of-all-passwords',
  ]) {
    assert.ok(!text.includes(secret), secret);
  }
});

test('a part’s settings are shown flat, and its secrets are not', () => {
  const shown = shownSettings({
    url: 'http://127.0.0.1:1',
    webhookSecret: 'hush',
    guard: { timeoutMs: 5, apiKey: 'k' },
  });
  assert.deepEqual(
    shown.map(({ name, value, secret }) => [name, value, secret]),
    [
      ['url', 'http://127.0.0.1:1', false],
      ['webhookSecret', '••••••••', true],
      ['guard.timeoutMs', '5', false],
      ['guard.apiKey', '••••••••', true],
    ],
  );
});
