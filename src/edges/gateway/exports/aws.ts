import { publicPath, type Route, type RouteTable, servicesOf } from '../routes/schema.ts';
import { idOf } from './places.ts';
import { type Addresses, addressesOf, type Written } from './port.ts';

/** The most that an HTTP API waits for an answer. */
const MOST_TIMEOUT_MS = 30_000;
const MOST_BODY_BYTES = 10 * 1024 * 1024;

/**
 * The table as an OpenAPI 3.0.1 document for AWS API Gateway's HTTP APIs (`aws apigatewayv2 import-api`). Each service is reached
 * at the first of its addresses: balancing is the load balancer's behind it.
 */
export function awsOf(table: RouteTable, addresses: Addresses): Written {
  const paths: Record<string, Record<string, object>> = {};
  for (const route of table.routes) {
    for (const path of awsPaths(publicPath(route))) {
      const parameters = [...path.matchAll(/\{(\w+)\+?\}/g)].map(([, name]) => ({
        ...{ name, in: 'path', required: true },
        schema: { type: 'string' },
      }));
      const item: Record<string, object> = paths[path] ?? (parameters.length > 0 ? { parameters } : {});
      paths[path] = item;
      for (const method of route.methods ?? ['ANY']) {
        const key = method === 'ANY' ? 'x-amazon-apigateway-any-method' : method.toLowerCase();
        item[key] ??= operationOf(route, path, method, table, addresses);
      }
    }
  }
  const document = {
    openapi: '3.0.1',
    info: { title: `jangteo ${table.name}`, version: '1' },
    paths,
    'x-amazon-apigateway-importexport-version': '1.0',
  };
  return { text: `${JSON.stringify(document, undefined, 2)}\n`, leftOut: [...leftOut(table)] };
}

/** A greedy variable stands for one segment at least, so what stands for none, too, has two addresses. */
function awsPaths(path: string): readonly string[] {
  if (!path.endsWith('/*')) return [path];
  const stem = path.slice(0, -2);
  return [stem === '' ? '/' : stem, `${stem}/{proxy+}`];
}

function operationOf(route: Route, path: string, method: string, { defaults }: RouteTable, addresses: Addresses) {
  const [address] = addressesOf(addresses, heaviest(route));
  const timeoutMs = Math.min(route.timeoutMs ?? defaults?.timeoutMs ?? MOST_TIMEOUT_MS, MOST_TIMEOUT_MS);
  const place = path.endsWith('{proxy+}') ? 'below' : 'at';
  return {
    operationId: `${idOf(route)}-${place}-${method.toLowerCase()}`,
    responses: { default: { description: 'What the service answers' } },
    'x-amazon-apigateway-integration': {
      type: 'http_proxy',
      httpMethod: method,
      uri: `http://${address}`,
      connectionType: 'INTERNET',
      payloadFormatVersion: '1.0',
      timeoutInMillis: Math.max(50, timeoutMs),
      requestParameters: { 'overwrite:path': '$request.path' },
    },
  };
}

/** An HTTP API has one integration for a route: that which most of the weight goes to. */
function heaviest(route: Route): string {
  const [first] = (route.targets ?? []).toSorted((a, b) => b.weight - a.weight);
  return route.service ?? first?.service ?? '';
}

function* leftOut({ routes, defaults, load, versions = {} }: RouteTable): Iterable<string> {
  const named = (pick: (route: Route) => boolean) => routes.filter(pick).map(idOf).join(', ');
  const bodyOf = ({ maxBodyBytes }: Route) => maxBodyBytes ?? defaults?.maxBodyBytes ?? 0;
  const says: readonly (readonly [string, string])[] = [
    [named((route) => servicesOf(route).length > 1), 'A route has one integration; the heaviest target has all'],
    [named(({ streams }) => streams === true), 'HTTP APIs hand over whole answers within 30 s and stream no events'],
    [named(({ timeoutMs = 0 }) => timeoutMs > MOST_TIMEOUT_MS), 'HTTP APIs wait 30 s at most'],
    [named((route) => bodyOf(route) > MOST_BODY_BYTES), 'HTTP APIs take bodies of 10 MB at most'],
    [named(({ retries = 0 }) => retries > 0), 'HTTP APIs do not send again'],
    [named(({ hedge }) => hedge !== undefined), 'HTTP APIs do not hedge reads'],
    [named(({ mirror }) => mirror !== undefined), 'HTTP APIs do not mirror'],
    [named(({ faults }) => faults !== undefined), 'Faults for drills stay with our own gateway'],
  ];
  for (const [which, what] of says) if (which !== '') yield `${what}: ${which}.`;
  if (defaults?.rateLimit !== undefined || routes.some(({ rateLimit }) => rateLimit !== undefined))
    yield 'Limits are those of the stage (throttling) for all clients together; limits per client need AWS WAF.';
  if (load !== undefined) yield 'HTTP APIs shed no load by priority.';
  const told = Object.keys(versions).filter((each) => Object.keys(versions[each] ?? {}).length > 0);
  if (told.length > 0) yield `That a version goes is told by its services alone: ${told.join(', ')}.`;
}
