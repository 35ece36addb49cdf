import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Clock, Random } from '../../../platform/clock/port.ts';
import { sleep } from '../../../platform/clock/port.ts';
import { requestIds } from '../../../platform/http/request-id.ts';
import type { Hop, HopResult } from '../../../platform/proxy/port.ts';
import type { RateLimits } from '../../../platform/rate-limit/port.ts';
import type { Logger, Metrics, Tracing } from '../../../platform/telemetry/port.ts';
import type { RouteTable } from '../routes/schema.ts';
import { type Admission, admission } from './admission.ts';
import { attempt, hasBody } from './attempt.ts';
import { budget } from './budget.ts';
import { type ClientPolicy, clientOf } from './client.ts';
import { type Desk, deskOf, type Served } from './desk.ts';
import { faultFor } from './faults.ts';
import type { Origins } from './origins.ts';
import { drawOf, pickService } from './pick.ts';
import { answerProblem, type GatewayProblem, problemOfHop } from './problem.ts';

export interface ApiGatewayParts extends ClientPolicy {
  readonly table: RouteTable;
  readonly origins: Origins;
  readonly hop: Hop;
  readonly limits: RateLimits;
  readonly clock: Clock;
  readonly random: Random;
  readonly logger: Logger;
  readonly metrics: Pick<Metrics, 'requestAnswered'>;
  readonly tracing: Pick<Tracing, 'begin'>;
  /** Whether the faults of the table are met. Default false. */
  readonly drills?: boolean;
}

/** A gateway in front of services, by a route table that can be changed while it serves. */
export interface ApiGateway {
  /** Serves one request to its end; for `createServer`. */
  handle(request: IncomingMessage, response: ServerResponse): Promise<void>;
  /** Serves by another table from now on; what is under way ends as it began. */
  replace(table: RouteTable): void;
  readonly table: RouteTable;
  readonly load: Pick<Admission, 'inside' | 'waiting'>;
}

const UNBOUNDED = { concurrent: Number.MAX_SAFE_INTEGER, queued: 0, queueMs: 1 };
const MIRRORS_AT_ONCE = 64;

export function apiGateway(parts: ApiGatewayParts): ApiGateway {
  const { hop, clock, random, logger, metrics, tracing, drills = false } = parts;
  const load = admission(clock, parts.table.load ?? UNBOUNDED);
  const sending = { ...parts, budget: budget() };
  const idOf = requestIds(random);
  let desk = deskOf(parts.table, parts.limits);
  let mirrors = 0;

  const handle = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const from = clock.now();
    const id = idOf(request);
    const at = desk;
    const found = find(at, request);
    const served = 'code' in found ? undefined : found;
    const template = served?.template ?? 'none';
    const attributes = { 'http.request.method': request.method ?? '', 'http.route': template };
    const { traceparent: incoming } = request.headers;
    const parent = typeof incoming === 'string' ? incoming : undefined;
    const span = tracing.begin(`gateway ${request.method} ${template}`, attributes, parent, id);
    const traceparent = span?.traceparent ?? parent ?? `00-${id}-${id.slice(16)}-00`;
    response.setHeader('x-request-id', id);
    const problem = 'code' in found ? found : await serve(found, request, response, traceparent);
    if (problem !== undefined) answerProblem(request, response, problem, id);
    const status = response.headersSent ? response.statusCode : 499;
    span?.end({ 'http.response.status_code': status });
    metrics.requestAnswered(request.method ?? '', template, status, (clock.now() - from) / 1_000);
  };

  const serve = async (
    served: Served,
    request: IncomingMessage,
    response: ServerResponse,
    traceparent: string,
  ): Promise<GatewayProblem | undefined> => {
    const { route } = served;
    for (const [name, value] of served.headers) response.setHeader(name, value);
    const refused = tooLarge(served, request) ?? (await overLimit(served, request)) ?? (await drilled(served, request));
    if (refused !== undefined) return refused;
    if (!(await enter(served, response))) return response.destroyed ? undefined : SHED;
    try {
      return problemOfHop(await send(served, request, response, traceparent));
    } finally {
      if (route.streams !== true) load.leave();
    }
  };

  const send = (
    served: Served,
    request: IncomingMessage,
    response: ServerResponse,
    traceparent: string,
  ): Promise<HopResult> => {
    const { route, timeoutMs, maxBodyBytes, times } = served;
    const draw = route.sticky ? drawOf(clientOf(request, 'token', parts)) : random.fraction();
    const service = pickService(route, draw);
    mirror(served, request);
    const target = {
      headers: { traceparent },
      ...(timeoutMs !== undefined && { headersTimeoutMs: timeoutMs }),
      ...(maxBodyBytes !== undefined && { maxBodyBytes }),
    };
    return attempt(sending, { request, response, route, service, target, times });
  };

  const overLimit = async (
    { limit, limiter }: Served,
    request: IncomingMessage,
  ): Promise<GatewayProblem | undefined> => {
    if (limit === undefined || limiter === undefined) return undefined;
    try {
      const { allowed, retryAfterMs } = await limiter.take(clientOf(request, limit.by ?? 'address', parts));
      if (!allowed)
        return { code: 'too_many_requests', detail: 'You have asked too often; wait a moment.', retryAfterMs };
    } catch (error) {
      // A shop without limits is better than no shop: what counts them may be down.
      logger.warn({ err: error }, 'a rate limit could not be asked, the request goes on');
    }
    return undefined;
  };

  const drilled = async ({ route }: Served, request: IncomingMessage): Promise<GatewayProblem | undefined> => {
    const fault = drills ? faultFor(route.faults, request.headers, random.fraction) : undefined;
    if (fault?.delayMs !== undefined) await sleep(clock, fault.delayMs);
    return fault?.status === undefined ? undefined : DRILLED[fault.status];
  };

  const enter = async ({ route }: Served, response: ServerResponse): Promise<boolean> => {
    if (route.streams === true) return true;
    const entering = load.enter(route.priority ?? 'normal');
    if (entering === true || entering === false) return entering;
    const admitted = await entering;
    if (!admitted || !response.destroyed) return admitted;
    load.leave();
    return false;
  };

  const mirror = ({ route, timeoutMs }: Served, request: IncomingMessage): void => {
    if (route.mirror === undefined || hasBody(request) || mirrors >= MIRRORS_AT_ONCE) return;
    if (random.fraction() * 100 >= route.mirror.percent) return;
    const origin = parts.origins(route.mirror.service);
    if (origin === undefined) return;
    const headers = { 'x-mirrored': 'true' };
    mirrors++;
    void hop
      .echo(request, { origin, headers, ...(timeoutMs !== undefined && { headersTimeoutMs: timeoutMs }) })
      .finally(() => {
        mirrors--;
      });
  };

  return {
    handle,
    replace(table) {
      desk = deskOf(table, parts.limits);
      load.bound(table.load ?? UNBOUNDED);
    },
    get table() {
      return desk.table;
    },
    load,
  };
}

function find(desk: Desk, request: IncomingMessage): Served | GatewayProblem {
  const [path = '/'] = (request.url ?? '/').split('?');
  const match = desk.match(request.method ?? 'GET', path.startsWith('/') ? path : '/');
  switch (match.kind) {
    case 'route':
      return desk.served(match.route);
    case 'none':
      return { code: 'not_found', detail: 'There is nothing at this address. /docs lists what there is.' };
    case 'malformed':
      return { code: 'malformed_request', detail: 'The path of the address is not one that we read.' };
    case 'method': {
      const allow = match.allowed.join(', ');
      return { code: 'method_not_allowed', detail: `This address takes ${allow}.`, headers: { allow } };
    }
  }
}

function tooLarge({ maxBodyBytes }: Served, { headers }: IncomingMessage): GatewayProblem | undefined {
  const { 'content-length': length } = headers;
  if (maxBodyBytes === undefined || length === undefined || Number(length) <= maxBodyBytes) return undefined;
  return { code: 'payload_too_large', detail: `The body may hold ${maxBodyBytes} bytes.` };
}

const SHED: GatewayProblem = {
  code: 'unavailable',
  detail: 'There is more to do than can be done just now. Nothing of this was begun; asking again is safe.',
  retryAfterMs: 1_000,
};

const DRILL = 'This is a drill: the fault was made on purpose.';
const DRILLED: Readonly<Record<429 | 500 | 502 | 503 | 504, GatewayProblem>> = {
  429: { code: 'too_many_requests', detail: DRILL, retryAfterMs: 1_000 },
  500: { code: 'internal_error', detail: DRILL },
  502: { code: 'bad_gateway', detail: DRILL },
  503: { code: 'unavailable', detail: DRILL, retryAfterMs: 1_000 },
  504: { code: 'gateway_timeout', detail: DRILL },
};
