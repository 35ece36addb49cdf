import assert from 'node:assert/strict';
import { it } from 'node:test';
import { createLogger } from './logger.ts';

const written = (options: Parameters<typeof createLogger>[0] = {}) => {
  const lines: string[] = [];
  return { lines, logger: createLogger({ ...options, write: (line) => lines.push(line) }) };
};

it('an entry is one line of JSON with its level, its message and the fields of its parents', () => {
  const { lines, logger } = written();
  logger.child({ service: 'orders' }).child({ partition: 2 }).warn({ lag: 3 }, 'behind');
  const { time, ...entry } = JSON.parse(lines[0] ?? '');
  assert.deepEqual(entry, { level: 'warn', service: 'orders', partition: 2, lag: 3, msg: 'behind' });
  assert.ok(Math.abs(time - Date.now()) < 10_000);
});

it('levels below the chosen one are not written', () => {
  const { lines, logger } = written({ level: 'warn' });
  logger.debug({}, 'a');
  logger.info({}, 'b');
  logger.error({}, 'c');
  assert.equal(lines.length, 1);
});

it('no token and no personal data is written, in fields, children, messages or errors', () => {
  for (const pretty of [false, true]) {
    const { lines, logger } = written({ pretty });
    const err = new Error('cannot write to kim@example.com');
    logger
      .child({ token: 'secret-1' })
      .error({ authorization: 'Bearer secret-2', deep: { email: 'lee@x.kr' }, err }, 'tok_visa of kim@example.com');
    assert.doesNotMatch(lines.join(''), /secret-|kim@|lee@|tok_visa/);
    assert.match(lines.join(''), /logger\.test\.ts/);
  }
});

it('a person reads one line an entry', () => {
  const { lines, logger } = written({ pretty: true });
  logger.info({ service: 'orders', lag: 3 }, 'caught up');
  const plain = (lines[0] ?? '').replace(new RegExp(`${String.fromCharCode(27)}\\[\\d+m`, 'g'), '');
  assert.match(plain, /^\d\d:\d\d:\d\d caught up service=orders lag=3\n$/);
});
