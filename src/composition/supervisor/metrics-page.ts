import { once } from 'node:events';
import { createServer } from 'node:http';
import { createMetrics } from '../../platform/telemetry/metrics.ts';
import type { Metrics } from '../../platform/telemetry/port.ts';
import { readVerdict } from '../verify/verdict-file.ts';
import type { StatusRow } from './status-table.ts';

const HOST = '127.0.0.1';

/** What only the supervisor knows, for Prometheus: which programs run, how often they were started again, what `verify` found last. */
export function supervisorMetrics(rows: () => readonly StatusRow[], home: string): Metrics {
  const metrics = createMetrics({ nodeMetrics: false });
  metrics.watch('jangteo_program_running', () =>
    rows().map(({ name, state }) => ({ labels: { program: name }, value: state === 'running' ? 1 : 0 })),
  );
  metrics.watch('jangteo_program_restarts_total', () =>
    rows().map(({ name, restarts }) => ({ labels: { program: name }, value: restarts })),
  );
  metrics.watch('jangteo_invariant_violations', () =>
    Object.entries(readVerdict(home)?.violations ?? {}).map(([invariant, value]) => ({ labels: { invariant }, value })),
  );
  metrics.watch('jangteo_invariants_verified_timestamp_seconds', () => [
    { labels: {}, value: (readVerdict(home)?.at ?? 0) / 1_000 },
  ]);
  return metrics;
}

/** Answers with the metrics at any free port of this machine. */
export async function serveMetrics(
  metrics: Pick<Metrics, 'text' | 'contentType'>,
): Promise<{ readonly url: string; close(): Promise<void> }> {
  const server = createServer((_request, response) => {
    metrics.text().then(
      (text) => response.writeHead(200, { 'content-type': metrics.contentType }).end(text),
      () => response.writeHead(500).end(),
    );
  });
  server.listen(0, HOST);
  await once(server, 'listening');
  const address = server.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  return {
    url: `http://${HOST}:${port}`,
    async close() {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}
