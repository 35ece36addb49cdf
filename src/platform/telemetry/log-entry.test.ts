import assert from 'node:assert/strict';
import { it } from 'node:test';
import fc from 'fast-check';
import { logEntry } from './log-entry.ts';
import { otlpLogs } from './otlp-logs.ts';

const heard = (text: string) => ({ program: 'orders-1', stream: 'stdout', text, heardAt: 5 }) as const;

it('an entry of a time that nobody can tell is a line as any other', () => {
  for (const time of ['1e300', '8640000000000001', '18446744073710', '1e999', '-1', '"5"', 'null']) {
    const text = `{"level":"info","time":${time},"msg":"late"}`;
    assert.deepEqual(logEntry(heard(text)), { level: 'info', severity: 9, time: 5, body: text, fields: {} });
  }
});

it('whatever a line says, it can be told', () => {
  const anyLine = fc.record({ time: fc.oneof(fc.double(), fc.anything()), msg: fc.oneof(fc.string(), fc.anything()) });
  const someText = fc.oneof(
    fc.string(),
    fc.json(),
    anyLine.map((each) => JSON.stringify(each, notBig)),
  );
  fc.assert(
    fc.property(someText, (text) => {
      const { time } = logEntry(heard(text));
      assert.ok(new Date(time).toISOString().length === 24 && time >= 0);
      JSON.stringify(otlpLogs([heard(text)], {}));
    }),
  );
});

it('a number without end is no number in JSON', () => {
  const told = JSON.stringify(otlpLogs([heard('{"level":"info","time":5,"msg":"much","ms":1e999}')], {}));
  assert.match(told, /\{"key":"ms","value":\{"stringValue":"Infinity"\}\}/);
});

function notBig(_key: string, value: unknown): unknown {
  return typeof value === 'bigint' ? String(value) : value;
}
