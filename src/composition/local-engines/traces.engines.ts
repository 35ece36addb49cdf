import { randomBytes } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import { launcherConformance } from './launcher-conformance.ts';
import type { RunningEngine } from './port.ts';
import { startEngine } from './start.ts';

const JSON_BODY = { 'content-type': 'application/json' };
const traceId = randomBytes(16).toString('hex');
const id = traceId.slice(16);

/** An OTLP request with one span. */
const otlp = {
  resourceSpans: [
    {
      resource: { attributes: [{ key: 'service.name', value: { stringValue: 'shop' } }] },
      scopeSpans: [
        { spans: [{ traceId, spanId: id, name: 'kept', kind: 1, startTimeUnixNano: '1', endTimeUnixNano: '2' }] },
      ],
    },
  ],
};

launcherConformance('otelcol', (options) => startEngine('otelcol', options), {
  put: async () => undefined,
  async holds({ url }) {
    return (await fetch(`${url}/v1/traces`, { method: 'POST', headers: JSON_BODY, body: JSON.stringify(otlp) })).ok;
  },
});

launcherConformance('zipkin', (options) => startEngine('zipkin', options), {
  async put({ url }) {
    const span = { id, traceId, name: 'kept', timestamp: Date.now() * 1000, localEndpoint: { serviceName: 'shop' } };
    await fetch(`${url}/api/v2/spans`, { method: 'POST', headers: JSON_BODY, body: JSON.stringify([span]) });
  },
  holds: ({ url }) => soonOk(`${url}/api/v2/trace/${traceId}`),
  inMemory: true,
});

launcherConformance('jaeger', (options) => startEngine('jaeger', options), {
  async put({ ports }: RunningEngine) {
    const url = `http://127.0.0.1:${ports['otlp-http']}/v1/traces`;
    await fetch(url, { method: 'POST', headers: JSON_BODY, body: JSON.stringify(otlp) });
  },
  holds: ({ url }) => soonOk(`${url}/api/traces/${traceId}`),
  inMemory: true,
});

/** What was sent is found a moment later. */
async function soonOk(url: string): Promise<boolean> {
  for (let tried = 0; tried < 20; tried++) {
    if ((await fetch(url)).ok) return true;
    await pause(100);
  }
  return false;
}
