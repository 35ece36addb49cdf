import { createServer } from 'node:http';
import { keepCredentials } from '../../platform/certificates/keep.ts';
import type { CredentialSink, CredentialSource } from '../../platform/certificates/port.ts';
import { systemClock, systemRandom } from '../../platform/clock/system.ts';
import type { LineSource, LogSink } from '../../platform/log-shipping/port.ts';
import { ship } from '../../platform/log-shipping/ship.ts';
import type { Logger } from '../../platform/telemetry/port.ts';
import { SetupFault } from '../fault.ts';
import { gatheredMetrics } from './agent-metrics.ts';

export interface AgentOptions {
  /** Absent: nothing is shipped. */
  readonly logs?: { readonly source: LineSource; readonly sink: LogSink };
  /** Where metrics are asked: the process's and its proxy's. */
  readonly scrapes: readonly string[];
  /** Where all of them are answered, on this host; absent: nowhere. */
  readonly listen?: { readonly host: string; readonly port: number };
  /** Absent: certificates are somebody else's to renew. */
  readonly certificates?: { readonly uri: string; readonly source: CredentialSource; readonly sink: CredentialSink };
  readonly logger: Logger;
}

/**
 * Our own sidecar: ships what its process has written, answers for its metrics, renews its certificates. It needs no answer of the
 * process, nor the process one of its own: either may end and come back. Throws a SetupFault when its port is taken.
 */
export async function startAgent(options: AgentOptions): Promise<{ stop(): Promise<void> }> {
  const { logs, scrapes, listen, certificates, logger } = options;
  const clocks = { clock: systemClock, random: systemRandom };
  await using undo = new AsyncDisposableStack();
  const shipping = logs && ship({ ...logs, ...clocks, say: (line) => logger.warn({}, line) });
  undo.defer(() => shipping?.close());
  const kept = certificates && keepCredentials({ ...certificates, ...clocks, logger });
  undo.defer(() => kept?.close());
  const server = createServer((request, response) => {
    if (request.url === '/healthz') return void response.writeHead(200).end('{"alive":true}');
    if (request.url !== '/metrics') return void response.writeHead(404).end();
    const own = { ...(shipping && { shipping: shipping.status() }), ...(kept && { credentials: kept.status() }) };
    void gatheredMetrics(scrapes, own).then((text) =>
      response.writeHead(200, { 'content-type': 'text/plain; version=0.0.4; charset=utf-8' }).end(text),
    );
  });
  if (listen !== undefined)
    await new Promise<void>((resolve, reject) => {
      server.once('error', ({ message }) =>
        reject(new SetupFault(`The sidecar cannot listen at port ${listen.port} (${message}): choose another.`)),
      );
      server.listen(listen.port, listen.host, resolve);
    });
  undo.defer(() => {
    server.close();
    server.closeAllConnections();
  });
  const closing = undo.move();
  return { stop: () => closing.disposeAsync() };
}
