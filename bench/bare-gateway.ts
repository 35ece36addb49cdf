/**
 * The gateway with the routes of the microservices on a server of its own: `node bench/bare-gateway.ts <port>` leads all there.
 * Limits, load bounds and metrics are as they are in a gateway of a topology. Prints its port.
 */

import type { AddressInfo } from 'node:net';
import { gatewayListener } from '../src/composition/gateway/listener.ts';
import { namedRoutes } from '../src/composition/gateway/routes.ts';
import { apiGateway } from '../src/edges/gateway/front/api-gateway.ts';
import { systemClock, systemRandom } from '../src/platform/clock/system.ts';
import { openHop } from '../src/platform/proxy/hop.ts';
import type { RateLimits } from '../src/platform/rate-limit/port.ts';
import { createMetrics } from '../src/platform/telemetry/metrics.ts';
import { noTracing, silentLogger } from '../src/platform/telemetry/silent.ts';

const clock = systemClock;
const upstream = { origin: `http://127.0.0.1:${process.argv[2]}`, headers: { 'jangteo-for': 'web token' } };
const gateway = apiGateway({
  ...{ table: namedRoutes('microservices'), clock, random: systemRandom, logger: silentLogger, tracing: noTracing },
  origins: { of: () => upstream, change: async () => {} },
  hop: openHop({ clock, trustForwarded: () => false }),
  limits: await unrefusing(),
  metrics: createMetrics(),
  trusts: () => false,
});

/** Counts like the real one, and lets one user ask as often as the bench does. */
async function unrefusing(): Promise<RateLimits> {
  const { memoryRateLimits } = await import('../src/platform/rate-limit/memory.ts');
  const limits = memoryRateLimits(clock);
  return (limit) => limits({ ...limit, count: limit.perMs * 1_000 });
}

const { server } = gatewayListener((request, response) => void gateway.handle(request, response), {
  ...{ clock, logger: silentLogger },
});
server.listen(0, '127.0.0.1', () => {
  process.stdout.write(`${(server.address() as AddressInfo).port}\n`);
});
