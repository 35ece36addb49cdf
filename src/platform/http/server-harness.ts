import { problems } from '../../contracts/problems.ts';
import { systemClock, systemRandom } from '../clock/system.ts';
import { createMetrics } from '../telemetry/metrics.ts';
import { noTracing, silentLogger } from '../telemetry/silent.ts';
import type { HttpServer } from './port.ts';
import { readiness } from './readiness.ts';
import { createHttpServer, type HttpServerOptions } from './server.ts';

/** A server with everything real but the log; for tests. */
export function serverUnderTest(options: Partial<HttpServerOptions> = {}): Promise<HttpServer> {
  return createHttpServer({
    problems,
    info: { title: 'Under test', version: '1', description: 'For tests.' },
    logger: silentLogger,
    metrics: createMetrics({ nodeMetrics: false }),
    tracing: noTracing,
    readiness: readiness(),
    clock: systemClock,
    random: systemRandom,
    ...options,
  });
}
