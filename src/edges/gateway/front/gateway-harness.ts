import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { systemClock, systemRandom } from '../../../platform/clock/system.ts';
import { openHop } from '../../../platform/proxy/hop.ts';
import { memoryRateLimits } from '../../../platform/rate-limit/memory.ts';
import { noTracing, silentLogger } from '../../../platform/telemetry/silent.ts';
import type { Route, RouteTable } from '../routes/schema.ts';
import { type ApiGateway, type ApiGatewayParts, apiGateway } from './api-gateway.ts';
import { listedOrigins } from './origins.ts';

const opened: (() => unknown)[] = [];

/** Closes all that was started here; for `afterEach`. */
export async function closeAll(): Promise<void> {
  for (const close of opened.splice(0).reverse()) await close();
}

/** A service of Node's own server; the origin it is reached at. */
export async function service(
  answer: (request: IncomingMessage, response: ServerResponse) => unknown,
): Promise<string> {
  return `http://127.0.0.1:${await listen(createServer((request, response) => void answer(request, response)))}`;
}

/** A service that answers with a text. */
export const saying = (text: string, status = 200) =>
  service((_request, response) => response.writeHead(status).end(text));

export interface GatewayUnderTest extends ApiGateway {
  readonly url: string;
  /** What was counted: `GET /template 200`. */
  readonly counted: readonly string[];
}

/** A gateway over these routes and services, on a server of its own. */
export async function gatewayOver(
  routes: readonly Route[],
  services: Readonly<Record<string, readonly string[]>>,
  { table, ...more }: Partial<Omit<ApiGatewayParts, 'table'>> & { readonly table?: Partial<RouteTable> } = {},
): Promise<GatewayUnderTest> {
  const hop = openHop({ clock: systemClock });
  const counted: string[] = [];
  const gateway = apiGateway({
    table: { name: 'test', routes: [...routes], ...table },
    origins: listedOrigins(services, systemClock),
    hop,
    limits: memoryRateLimits(systemClock),
    clock: systemClock,
    random: systemRandom,
    logger: silentLogger,
    metrics: { requestAnswered: (method, route, status) => counted.push(`${method} ${route} ${status}`) },
    tracing: noTracing,
    trusts: () => false,
    patienceMs: 300,
    ...more,
  });
  const port = await listen(createServer((request, response) => void gateway.handle(request, response)));
  opened.push(() => hop.close());
  const { handle, replace, load, drills, tallies } = gateway;
  return {
    ...{ handle, replace, load, drills, tallies, counted },
    get table() {
      return gateway.table;
    },
    url: `http://127.0.0.1:${port}`,
  };
}

async function listen(server: Server): Promise<number> {
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  opened.push(() => {
    server.closeAllConnections();
    server.close();
  });
  return (server.address() as AddressInfo).port;
}
