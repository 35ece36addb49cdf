import type { IncomingMessage, ServerResponse } from 'node:http';
import findMyWay from 'find-my-way';
import { problems } from '../../contracts/problems.ts';
import type { Clock } from '../../platform/clock/port.ts';
import type { HttpServer } from '../../platform/http/port.ts';
import type { Leader, Membership, RouteName } from '../../platform/membership/port.ts';
import type { Hop } from '../../platform/proxy/port.ts';
import type { Logger } from '../../platform/telemetry/port.ts';
import { forgetForward, forwardedFor, forwardReader } from './forwarded-for.ts';
import { readerHop, readsOf } from './reader-hop.ts';
import type { ServiceDoor } from './service-door.ts';

export interface FrontDoorOptions {
  /** Answers what is no service's: pages, the console, operations. It does not listen yet. */
  readonly http: HttpServer;
  readonly membership: Pick<Membership, 'leaderOf' | 'awaitLeader' | 'readersOf' | 'known' | 'onChange'>;
  /** What this process shows: a gateway sends here what is for them. */
  readonly edges: readonly string[];
  /** The services that are led in this process. */
  readonly doors: ReadonlyMap<string, ServiceDoor>;
  /** What this process answers of a service without leading it, by `readsOf(service)`. */
  readonly reading: ReadonlyMap<string, ServiceDoor>;
  /** Answers what a shopper, but no peer, asks of a service that is led elsewhere, where there is a copy of it. */
  readonly copies?: { readonly door: ServiceDoor; answers(request: IncomingMessage): boolean };
  readonly hop: Hop;
  /** What processes of the shop show each other. */
  readonly token: string;
  /** Whether a balancer in front says who the client is. */
  readonly trustProxy: boolean;
  /** The OpenAPI document of the whole shop. */
  readonly document: () => Promise<object>;
  readonly clock: Clock;
  readonly logger: Logger;
}

/** What only somebody in front who is trusted may say. */
const SAID_BY_PROXIES = ['x-forwarded-for', 'x-forwarded-host', 'x-forwarded-proto', 'forwarded'];
const MISDIRECTED = new Set([421]);
/** How long a request waits for somebody who leads its service. */
const PATIENCE_MS = 8_000;
/** Of a route that says nothing else. */
const BODY_LIMIT = 262_144;
const SAFE = new Set(['GET', 'HEAD', 'OPTIONS']);

/**
 * Makes a server the door of a process: a request for a service is answered here when this process leads it, else forwarded to the
 * process that does, or, when it only reads what needs nothing of the leader, to one of those who answer it. During a takeover requests wait; those that were under way are answered 503 unless they are safe to repeat.
 */
export function openFrontDoor(options: FrontDoorOptions): void {
  const { http, membership, edges, doors, reading, copies, hop, token, trustProxy, clock, logger } = options;
  const nameIn = forwardReader(token);
  const forwardToReader = readerHop({ membership, hop, clock });
  const [own] = http.server.listeners('request') as ((request: IncomingMessage, response: ServerResponse) => void)[];
  if (own === undefined) throw new Error('the server has no handler of requests');
  let owners = routerOf(membership.known());
  membership.onChange(() => {
    if (owners.services !== membership.known().size) owners = routerOf(membership.known());
  });

  async function forward(
    { service, route, bodyLimit = BODY_LIMIT }: Owner,
    request: IncomingMessage,
    response: ServerResponse,
    isBelieved: boolean,
  ) {
    const target = (origin: string, name: string) => ({
      origin,
      headers: { ...(isBelieved && toldBy(request)), ...forwardedFor(name, token) },
      decline: MISDIRECTED,
      maxBodyBytes: bodyLimit,
    });
    if (route !== undefined && SAFE.has(request.method ?? '')) {
      const result = await forwardToReader({ service, route }, request, response, target);
      if (result?.kind === 'refused') return malformed(response);
      if (result !== undefined || response.destroyed) return;
    }
    const until = clock.now() + PATIENCE_MS;
    let refusing: Leader | undefined;
    for (;;) {
      const leader = await membership.awaitLeader(service, Math.max(0, until - clock.now()), refusing);
      if (response.destroyed) return;
      if (leader === undefined) return unavailable(response, `${service} has nobody to answer for it just now.`);
      const door = leader.isSelf ? doors.get(service) : undefined;
      if (door !== undefined) return door.handle(request, response);
      const result = await hop.forward(request, response, target(leader.origin, service));
      switch (result.kind) {
        case 'answered':
        case 'left':
        case 'lost':
          return;
        case 'refused':
          return result.reason === 'too-large' ? tooLarge(request, response) : malformed(response);
        case 'not-sent':
          refusing = leader;
          break;
        default:
          logger.warn({ service, leader: leader.member, result: result.kind }, 'a forwarded request was not answered');
          if (!SAFE.has(request.method ?? ''))
            return unavailable(response, 'The answer was lost on its way; it may have taken effect.');
          refusing = leader;
      }
    }
  }

  /** The door of this process for a route that it answers without leading the service. */
  function readHere({ service, route }: Owner): ServiceDoor | undefined {
    if (route === undefined) return undefined;
    const own = membership.readersOf(service).find(({ isSelf }) => isSelf);
    return own?.routes.includes(route) ? reading.get(readsOf(service)) : undefined;
  }

  http.server.removeAllListeners('request');
  http.server.on('request', (request: IncomingMessage, response: ServerResponse) => {
    const askedOf = nameIn(request.headers);
    forgetForward(request.headers);
    const isBelieved = askedOf !== undefined;
    if (isBelieved) {
      const door = doors.get(askedOf) ?? reading.get(askedOf);
      if (door !== undefined) return door.handle(request, response);
      if (!edges.includes(askedOf)) return void response.writeHead(421).end();
    }
    if (!trustProxy && !isBelieved) for (const name of SAID_BY_PROXIES) delete request.headers[name];
    if (request.url === '/openapi.json' && SAFE.has(request.method ?? '')) return void tellDocument(options, response);
    if (!isBelieved && copies?.answers(request)) return copies.door.handle(request, response);
    const owner = owners.find(request);
    // Before whoever answers: a server that closes on a client that still sends may be taken for one that has died by what is between.
    if (owner !== undefined && Number(request.headers['content-length'] ?? 0) > (owner.bodyLimit ?? BODY_LIMIT))
      return tooLarge(request, response);
    const door = owner && (readHere(owner) ?? doors.get(owner.service));
    if (door !== undefined) door.handle(request, response);
    else if (owner === undefined) own(request, response);
    else void forward(owner, request, response, isBelieved);
  });
}

/** What a process of the shop said of the client, to be said again. */
function toldBy({ headers }: IncomingMessage): Record<string, string> {
  const told = SAID_BY_PROXIES.map((name) => [name, headers[name]] as const);
  return Object.fromEntries(told.filter((each): each is [string, string] => typeof each[1] === 'string'));
}

async function tellDocument({ document, logger }: FrontDoorOptions, response: ServerResponse): Promise<void> {
  try {
    const text = JSON.stringify(await document());
    const headers = { 'content-type': 'application/json; charset=utf-8', 'access-control-allow-origin': '*' };
    response.writeHead(200, headers).end(text);
  } catch (error) {
    logger.error({ err: error }, 'the OpenAPI document could not be put together');
    unavailable(response, 'The document cannot be put together just now.');
  }
}

interface Owner {
  readonly service: string;
  /** `GET /v1/search`; absent where only the address is known. */
  readonly route?: string;
  readonly bodyLimit?: number;
}

/** Finds whose a request is: by method and address, or by the address alone, for the service itself says what may be asked there. */
function routerOf(known: ReadonlyMap<string, readonly RouteName[]>) {
  const exact = findMyWay({ maxParamLength: 500 });
  const anyMethod = findMyWay({ maxParamLength: 500 });
  const nobody = () => undefined;
  for (const [service, routes] of known) {
    for (const { method, url, bodyLimit } of routes) {
      const owner: Owner = { service, ...(bodyLimit !== undefined && { bodyLimit }) };
      const route = `${method} ${url}`;
      if (!exact.hasRoute(method as 'GET', url)) exact.on(method as 'GET', url, nobody, { ...owner, route });
      if (!anyMethod.hasRoute('GET', url)) anyMethod.on('GET', url, nobody, owner);
    }
  }
  return {
    services: known.size,
    find({ method, url = '/' }: IncomingMessage): Owner | undefined {
      const end = url.search(/[?#]/);
      const path = end < 0 ? url : url.slice(0, end);
      const found = exact.find(method as 'GET', path) ?? anyMethod.find('GET', path);
      return found?.store as Owner | undefined;
    },
  };
}

function unavailable(response: ServerResponse, detail: string): void {
  answer(response, 'unavailable', `${detail} Ask again with the same Idempotency-Key.`, { 'retry-after': '1' });
}

function tooLarge(request: IncomingMessage, response: ServerResponse): void {
  // A client that is still sending hears no answer from a connection that is closed: the rest is read and thrown away.
  request.resume();
  answer(response, 'payload_too_large', 'The body is larger than this address takes.', {});
}

function malformed(response: ServerResponse): void {
  answer(response, 'malformed_request', 'The request cannot be passed on.', { connection: 'close' });
}

function answer(
  response: ServerResponse,
  code: 'unavailable' | 'payload_too_large' | 'malformed_request',
  detail: string,
  headers: Readonly<Record<string, string>>,
): void {
  if (response.headersSent) return;
  const { status, title } = problems[code];
  response.writeHead(status, { 'content-type': 'application/problem+json; charset=utf-8', ...headers });
  response.end(JSON.stringify({ type: `/problems/${code}`, title, status, detail, code }));
}
