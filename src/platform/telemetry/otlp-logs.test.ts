import assert from 'node:assert/strict';
import { it } from 'node:test';
import { otlpLogs } from './otlp-logs.ts';

const entry = JSON.stringify({
  ...{ level: 'warn', time: 1_700_000_000_123, msg: 'late', service: 'orders', lag: 3, err: { type: 'Error' } },
  ...{ traceId: 'a'.repeat(32), spanId: 'b'.repeat(16) },
});
const line = (text: string, stream: 'stdout' | 'stderr' = 'stdout') => ({
  ...{ program: 'orders-1', stream, text, heardAt: 5 },
});

it('an entry of ours keeps its level, time, trace and fields; any other line is a line', () => {
  const heard = [line(entry), line('out of memory', 'stderr')];
  assert.deepEqual(otlpLogs(heard, { 'service.namespace': 'shop' }), {
    resourceLogs: [
      {
        resource: {
          attributes: [
            { key: 'service.namespace', value: { stringValue: 'shop' } },
            { key: 'service.name', value: { stringValue: 'orders' } },
            { key: 'service.instance.id', value: { stringValue: 'orders-1' } },
          ],
        },
        scopeLogs: [
          {
            logRecords: [
              {
                timeUnixNano: '1700000000123000000',
                observedTimeUnixNano: '5000000',
                severityText: 'warn',
                severityNumber: 13,
                body: { stringValue: 'late' },
                attributes: [
                  { key: 'service', value: { stringValue: 'orders' } },
                  { key: 'lag', value: { intValue: 3 } },
                  { key: 'err', value: { stringValue: '{"type":"Error"}' } },
                ],
                traceId: 'a'.repeat(32),
                spanId: 'b'.repeat(16),
              },
              {
                timeUnixNano: '5000000',
                observedTimeUnixNano: '5000000',
                severityText: 'warn',
                severityNumber: 13,
                body: { stringValue: 'out of memory' },
                attributes: [],
              },
            ],
          },
        ],
      },
    ],
  });
});
