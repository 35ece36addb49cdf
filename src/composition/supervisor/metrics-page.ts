import { once } from 'node:events';
import { createServer } from 'node:http';
import { Counter, Gauge, Registry } from 'prom-client';
import { readVerdict } from '../verify/verdict-file.ts';
import type { StatusRow } from './status-table.ts';

const HOST = '127.0.0.1';

/** What only the supervisor knows, for Prometheus: which programs run, how often they were started again, what `verify` found last. */
export function supervisorMetrics(rows: () => readonly StatusRow[], home: string): Registry {
  const registry = new Registry();
  const registers = [registry];
  new Gauge({
    ...{
      name: 'jangteo_program_running',
      help: 'Whether a process or engine runs.',
      labelNames: ['program'],
      registers,
    },
    collect() {
      this.reset();
      for (const { name, state } of rows()) this.set({ program: name }, state === 'running' ? 1 : 0);
    },
  });
  new Counter({
    ...{ name: 'jangteo_program_restarts_total', help: 'How often it was started again.', labelNames: ['program'] },
    registers,
    collect() {
      this.reset();
      for (const { name, restarts } of rows()) this.inc({ program: name }, restarts);
    },
  });
  new Gauge({
    ...{ name: 'jangteo_invariant_violations', help: 'Violations of an invariant that `jangteo verify` found last.' },
    ...{ labelNames: ['invariant'], registers },
    collect() {
      this.reset();
      const found = Object.entries(readVerdict(home)?.violations ?? {});
      for (const [invariant, count] of found) this.set({ invariant }, count);
    },
  });
  new Gauge({
    ...{
      name: 'jangteo_invariants_verified_timestamp_seconds',
      help: 'When `jangteo verify` came to its end last; 0: never.',
    },
    registers,
    collect() {
      this.set((readVerdict(home)?.at ?? 0) / 1_000);
    },
  });
  return registry;
}

/** Answers with the metrics at any free port of this machine. */
export async function serveMetrics(registry: Registry): Promise<{ readonly url: string; close(): Promise<void> }> {
  const server = createServer((_request, response) => {
    registry.metrics().then(
      (text) => response.writeHead(200, { 'content-type': registry.contentType }).end(text),
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
