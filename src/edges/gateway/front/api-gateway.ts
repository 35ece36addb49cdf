import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Clock, Random } from '../../../platform/clock/port.ts';
import { sleep } from '../../../platform/clock/port.ts';
import { requestIds } from '../../../platform/http/request-id.ts';
import type { Hop } from '../../../platform/proxy/port.ts';
import type { RateLimits } from '../../../platform/rate-limit/port.ts';
import type { Logger, Metrics, Tracing } from '../../../platform/telemetry/port.ts';
import type { RouteTable } from '../routes/schema.ts';
import { type Admission, admission } from './admission.ts';
import { attempt, hasBody } from './attempt.ts';
import { budget } from './budget.ts';
import { bulkhead } from './bulkhead.ts';
import { type ClientPolicy, clientOf, limitedAs } from './client.ts';
import { type Desk, deskOf, type Served } from './desk.ts';
import { type Drills, drills as openDrills } from './drills.ts';
import { faultFor } from './faults.ts';
import { keptLimits } from './kept-limits.ts';
import type { Origins } from './origins.ts';
import { drawOf, pickService } from './pick.ts';
import { answerProblem, DRILLED, FAULT, type GatewayProblem, problemOfHop, SHED } from './problem.ts';
import { tallies as openTallies, type Tallies, type Tally } from './tally.ts';

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
  /** Whether the faults of the table are met. Default false: only those that an operator makes. */
  readonly drills?: boolean;
  /** How long a request waits for somebody who has its service, in ms. */
  readonly patienceMs?: number;
}

/** A gateway in front of services, by a route table that can be changed while it serves. */
export interface ApiGateway {
  /** Serves one request to its end; for `createServer`. */
  handle(request: IncomingMessage, response: ServerResponse): Promise<void>;
  /** Serves by another table from now on; what is under way ends as it began. */
  replace(table: RouteTable): void;
  readonly table: RouteTable;
  readonly load: Pick<Admission, 'inside' | 'waiting'>;
  readonly drills: Drills;
  readonly tallies: Pick<Tallies, 'all'>;
}

/** How a request that came to the door stands: inside, where it leaves again; gone; or turned away. */
type Entered = 'inside' | 'left' | GatewayProblem;

const UNBOUNDED = { concurrent: Number.MAX_SAFE_INTEGER, queued: 0, queueMs: 1 };
const MIRRORS_AT_ONCE = 64;

/** A gateway over these parts; it listens nowhere itself, and closes nothing that it was given. */
export function apiGateway(parts: ApiGatewayParts): ApiGateway {
  const { hop, clock, random, logger, metrics, tracing } = parts;
  const load = admission(clock, parts.table.load ?? UNBOUNDED);
  const sending = { ...parts, budget: budget() };
  const idOf = requestIds(random);
  const drills = openDrills(clock);
  const tallies = openTallies();
  const crowds = bulkhead();
  const { limits, renew } = keptLimits(parts.limits);
  let desk = deskOf(parts.table, limits, tallies);
  let mirrors = 0;

  const handle = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const from = clock.now();
    const id = idOf(request);
    const found = find(desk, request);
    const served = 'code' in found ? undefined : found;
    const template = served?.template ?? 'none';
    const method = request.method ?? '';
    const { traceparent: incoming } = request.headers;
    const parent = typeof incoming === 'string' ? incoming : undefined;
    const attributes = { 'http.request.method': method, 'http.route': template };
    const span = tracing.begin(served?.spanName(method) ?? `gateway ${method}`, attributes, parent, id);
    const traceparent = span?.traceparent ?? parent ?? `00-${id}-${id.slice(16)}-00`;
    const answerHeaders = ['x-request-id', id];
    if (served !== undefined && served.headers.length > 0) answerHeaders.push(...served.headers);
    let problem: GatewayProblem | undefined;
    try {
      problem = 'code' in found ? found : await serve(found, request, response, traceparent, answerHeaders);
    } catch (fault) {
      // One request that cannot be served must not end the process, and with it all the others.
      logger.error({ err: fault, route: template }, 'a request met a fault of the gateway');
      problem = FAULT;
    }
    if (problem !== undefined) answerProblem(request, response, problem, id, served?.headers);
    const status = response.headersSent ? response.statusCode : 499;
    span?.end({ 'http.response.status_code': status });
    metrics.requestAnswered(method, template, status, (clock.now() - from) / 1_000);
  };

  const serve = async (
    served: Served,
    request: IncomingMessage,
    response: ServerResponse,
    traceparent: string,
    answerHeaders: readonly string[],
  ): Promise<GatewayProblem | undefined> => {
    const { route, maxBodyBytes, timeoutMs, times, tally, limiter } = served;
    if (isTooLarge(request, maxBodyBytes)) return tooLarge(maxBodyBytes);
    const limited = limiter === undefined ? undefined : overLimit(served, request);
    const refused = limited === undefined ? undefined : await limited;
    if (refused !== undefined) return refused;
    const drill = drilled(served, request);
    if (drill !== undefined) {
      const fault = await drill;
      if (fault !== undefined) return fault;
    }
    const service = pickService(route, route.sticky ? drawOf(clientOf(request, 'token', parts)) : random.fraction());
    const streams = route.streams === true;
    if (!streams) {
      const entering = enter(served, service, response);
      const entered = entering instanceof Promise ? await entering : entering;
      if (entered === 'left') return undefined;
      if (entered !== 'inside') return entered;
    }
    mirror(served, request);
    try {
      const errand = {
        request,
        response,
        route,
        service,
        traceparent,
        answerHeaders,
        timeoutMs,
        maxBodyBytes,
        times,
        tally,
      };
      return problemOfHop(await attempt(sending, errand));
    } finally {
      if (!streams) {
        crowds.leave(service);
        load.leave();
      }
    }
  };

  const overLimit = (served: Served, request: IncomingMessage): Promise<GatewayProblem | undefined> | undefined => {
    const client = limitedAs(request, served.limit?.by ?? 'address', parts);
    return client === undefined ? undefined : take(served, client);
  };

  const take = async ({ limiter, tally }: Served, client: string): Promise<GatewayProblem | undefined> => {
    if (limiter === undefined) return undefined;
    try {
      const { allowed, retryAfterMs } = await limiter.take(client);
      if (allowed) return undefined;
      tally.limited++;
      return { code: 'too_many_requests', detail: 'You have asked too often; wait a moment.', retryAfterMs };
    } catch (error) {
      // A shop without limits is better than no shop: what counts them may be down.
      logger.warn({ err: error }, 'a rate limit could not be asked, the request goes on');
      return undefined;
    }
  };

  const drilled = ({ route, id, tally }: Served, request: IncomingMessage) => {
    const faults = drills.of(id) ?? (parts.drills === true ? route.faults : undefined);
    const fault = faultFor(faults, request.headers, random.fraction);
    if (fault === undefined) return undefined;
    tally.drilled++;
    const problem = fault.status === undefined ? undefined : DRILLED[fault.status];
    return fault.delayMs === undefined ? problem : sleep(clock, fault.delayMs).then(() => problem);
  };

  /** Lets a request in. Whose client left while it waited is not counted as turned away: it says nothing of the load. */
  const enter = ({ route, tally }: Served, service: string, response: ServerResponse): Promise<Entered> | Entered => {
    if (response.destroyed) return 'left';
    if (crowds.isFull(service, desk.table.load?.perService)) return shed(tally);
    const entering = load.enter(route.priority ?? 'normal', response);
    if (typeof entering === 'boolean') return entering ? begin(service, tally) : shed(tally);
    return entering.then((admitted) => {
      if (!response.destroyed) return admitted ? begin(service, tally) : shed(tally);
      if (admitted) load.leave();
      return 'left';
    });
  };

  /** Who waits holds no place of the service: an important request is not turned away for those that wait behind it. */
  const begin = (service: string, tally: Tally): Entered => {
    if (crowds.enter(service, desk.table.load?.perService)) return 'inside';
    load.leave();
    return shed(tally);
  };

  const shed = (tally: Tally): GatewayProblem => {
    tally.shed++;
    return SHED;
  };

  const mirror = ({ route, timeoutMs, tally }: Served, request: IncomingMessage): void => {
    if (route.mirror === undefined || hasBody(request) || mirrors >= MIRRORS_AT_ONCE) return;
    if (random.fraction() * 100 >= route.mirror.percent) return;
    const found = parts.origins.of(route.mirror.service);
    if (found === undefined) return;
    const headers = { ...found.headers, 'x-mirrored': 'true' };
    mirrors++;
    tally.mirrored++;
    void hop
      .echo(request, { origin: found.origin, headers, ...(timeoutMs !== undefined && { headersTimeoutMs: timeoutMs }) })
      .finally(() => {
        mirrors--;
      });
  };

  return {
    handle,
    replace(table) {
      renew();
      desk = deskOf(table, limits, tallies);
      load.bound(table.load ?? UNBOUNDED);
    },
    get table() {
      return desk.table;
    },
    ...{ load, drills, tallies },
  };
}

function find(desk: Desk, request: IncomingMessage): Served | GatewayProblem {
  const url = request.url ?? '/';
  const end = url.indexOf('?');
  const path = end < 0 ? url : url.slice(0, end);
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

function isTooLarge({ headers }: IncomingMessage, maxBodyBytes: number | undefined): boolean {
  const { 'content-length': length } = headers;
  return maxBodyBytes !== undefined && length !== undefined && Number(length) > maxBodyBytes;
}

function tooLarge(maxBodyBytes: number | undefined): GatewayProblem {
  return { code: 'payload_too_large', detail: `The body may hold ${maxBodyBytes} bytes.` };
}
