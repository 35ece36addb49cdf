import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { stripVTControlCharacters } from 'node:util';
import { colouredLog, jsonLog } from './merged-log.ts';

const entry = JSON.stringify({ level: 'warn', time: 0, msg: 'late', service: 'orders' });
const stack = JSON.stringify({ level: 'error', time: 0, msg: 'broken', err: { stack: 'Error: x\n    at y' } });

describe('the merged log', () => {
  it('of machines is JSON, and every line says whose it is', () => {
    const merge = jsonLog(() => 7);
    const of = (text: string, stream: 'stdout' | 'stderr' = 'stdout') =>
      JSON.parse(merge({ program: 'app-1', stream, text })) as unknown;
    assert.deepEqual(of(entry), { level: 'warn', time: 0, msg: 'late', service: 'orders', process: 'app-1' });
    assert.deepEqual(of('hello'), { level: 'info', time: 7, msg: 'hello', process: 'app-1' });
    assert.deepEqual(of('{"ready":1}', 'stderr'), { level: 'warn', time: 7, msg: '{"ready":1}', process: 'app-1' });
    assert.deepEqual(of('{half'), { level: 'info', time: 7, msg: '{half', process: 'app-1' });
    assert.match(merge({ program: 'app-1', stream: 'stdout', text: 'x' }), /\n$/);
  });

  it('of people has a colour for each program, and its name before every line', () => {
    const merge = colouredLog(['app-1', 'payments-1']);
    const shown = (program: string, text: string) => merge({ program, stream: 'stdout', text });
    assert.equal(shown('app-1', 'hello'), '\x1b[36mapp-1      │\x1b[0m hello\n');
    assert.equal(shown('payments-1', 'hello'), '\x1b[35mpayments-1 │\x1b[0m hello\n');
    assert.match(
      stripVTControlCharacters(shown('app-1', entry)),
      /^app-1 {6}│ \d\d:\d\d:\d\d warn late service=orders\n$/,
    );
    const lines = shown('app-1', stack).split('\n');
    assert.equal(lines.length, 4);
    assert.ok(lines.slice(0, 3).every((line) => line.startsWith('\x1b[36mapp-1 ')));
  });
});
