import type http from 'node:http';
import Fastify, { type FastifyReply, type FastifyRequest } from 'fastify';
import type { Clock, Random } from '../clock/port.ts';
import { type ActiveSpan, type Logger, type Metrics, parseTraceparent, type Tracing } from '../telemetry/port.ts';
import { answerUnreadable } from './client-errors.ts';
import { notFoundProblems } from './not-found.ts';
import { type ApiInfo, openApi } from './openapi.ts';
import { operationsRoutes } from './operations-routes.ts';
import type { HttpServer } from './port.ts';
import type { Problem } from './problem.ts';
import { type ProblemCatalogue, type ProblemPage, problemAnswers } from './problem-answers.ts';
import { problemPages } from './problem-pages.ts';
import type { Readiness } from './readiness.ts';
import { requestIds } from './request-id.ts';
import { bodyText, checkAddress, textProblem } from './request-text.ts';
import { type EventStreamLimits, eventStreams } from './sse.ts';
import { schemaCompiler } from './validation.ts';

export interface HttpServerOptions {
  /** Every code the API answers with. */
  readonly problems: ProblemCatalogue;
  /** How problems look to people who ask for pages; without it they see what programs see. */
  readonly problemPage?: ProblemPage;
  readonly info: ApiInfo;
  readonly logger: Logger;
  readonly metrics: Metrics;
  readonly tracing: Tracing;
  readonly readiness: Readiness;
  readonly clock: Clock;
  readonly random: Random;
  /** Largest body in bytes, unless a route says otherwise. Default 256 KiB. */
  readonly bodyLimit?: number;
  /** A request that takes longer is logged. Default 1,000. */
  readonly slowMs?: number;
  readonly eventStreams?: EventStreamLimits;
  /** How long a client waits before it opens its event stream again after a shutdown. Default 2,000. */
  readonly reconnectMs?: number;
  /** Whether a proxy in front tells the client's address (`X-Forwarded-For`). Default false. */
  readonly trustProxy?: boolean;
}

/**
 * A server that knows problems, schemas, the OpenAPI document, health and metrics, and no route of the API yet. Routes are
 * registered on it before `listen`. `close` first ends the event streams, then answers what is under way.
 */
export async function createHttpServer(options: HttpServerOptions): Promise<HttpServer> {
  const { logger, readiness } = options;
  const answers = problemAnswers(options.problems, logger, options.problemPage);

  const fail = (error: unknown, request: FastifyRequest, reply: FastifyReply) =>
    void answers.answer(error, request, reply);

  const http: HttpServer = Fastify({
    logger: false,
    // A request without a body costs no stream of one: a tenth of a read's CPU.
    http: { optimizeEmptyRequests: true } as http.ServerOptions,
    bodyLimit: options.bodyLimit ?? 262_144,
    trustProxy: options.trustProxy ?? false,
    genReqId: requestIds(options.random),
    requestTimeout: 300_000,
    keepAliveTimeout: 75_000,
    // What arrives on an open connection while the server drains is still answered.
    return503OnClosing: false,
    routerOptions: { maxParamLength: 500 },
    clientErrorHandler: answerUnreadable,
    frameworkErrors: (error, request, reply) => {
      introduce(request, reply);
      fail(addressError(error, request), request, reply);
      options.metrics.requestAnswered(request.method, 'none', reply.statusCode, reply.elapsedTime / 1_000);
    },
  }).withTypeProvider();

  http.setValidatorCompiler(schemaCompiler as never);
  http.setErrorHandler(fail);
  takeJson(http);
  const streams = eventStreams(options.clock, options.eventStreams);
  http.decorate('eventStreams', streams);
  options.metrics.watch('jangteo_event_streams_open', () => [{ labels: { server: 'http' }, value: streams.count }]);
  http.decorateRequest('traceparent', undefined);
  http.decorateReply('streamsEvents', false);
  const notFound = notFoundProblems(http);
  observe(http, options, notFound);

  http.setNotFoundHandler((request, reply) => fail(notFound(request, reply), request, reply));

  http.addHook('preClose', async () => {
    readiness.enter('draining');
    http.eventStreams.closeAll(options.reconnectMs ?? 2_000);
  });

  await openApi(http, options.info, options.problems);
  await http.register(async (each) => operationsRoutes(readiness, options.metrics)(each as HttpServer));
  await http.register(async (each) => problemPages(options.problems)(each as HttpServer));
  return http;
}

/** Bodies are JSON in UTF-8, text is checked once, and `__proto__` is refused. */
function takeJson(http: HttpServer): void {
  const parse = http.getDefaultJsonParser('error', 'error') as (
    request: FastifyRequest,
    text: string,
    done: (error: Error | null, body?: unknown) => void,
  ) => void;
  http.removeContentTypeParser('text/plain');
  http.addContentTypeParser('application/json', { parseAs: 'buffer' }, (request, body, done) => {
    // A client that always says JSON may send nothing, e.g. with DELETE; schemas ask for a body where there must be one.
    if (body.length === 0) return done(null, undefined);
    const text = bodyText(body as Buffer);
    parse(request, text, (error, parsed) => {
      if (error !== null) return done(error);
      const problem = textProblem(text, parsed);
      if (problem === undefined) done(null, parsed);
      else done(problem);
    });
  });
}

/** An address that the router cannot read, told as precisely as one whose query cannot be read. */
function addressError(error: Error, request: FastifyRequest): unknown {
  try {
    checkAddress(request.raw.url ?? '/');
    return error;
  } catch (problem) {
    return problem;
  }
}

/** The headers of every answer. */
function introduce(request: FastifyRequest, reply: FastifyReply): void {
  reply.header('x-request-id', request.id);
  reply.header('x-content-type-options', 'nosniff');
}

const spans = new WeakMap<FastifyRequest, ActiveSpan>();

/** Checks each address, counts each answer, traces what is sampled, logs what is slow. */
function observe(
  http: HttpServer,
  { metrics, tracing, logger, slowMs = 1_000 }: HttpServerOptions,
  notFound: ReturnType<typeof notFoundProblems>,
): void {
  http.addHook('onRequest', (request, reply, done) => {
    introduce(request, reply);
    try {
      checkAddress(request.raw.url ?? '/');
    } catch (problem) {
      return done(problem as Problem);
    }
    if (request.is404) {
      // Told before the body is read: nobody wants it.
      const problem = notFound(request, reply);
      metrics.requestAnswered(
        request.method,
        'none',
        problem.code === 'not_found' ? 404 : 405,
        reply.elapsedTime / 1_000,
      );
      return done(problem);
    }
    const { headers } = request.raw;
    // A client that always says JSON may send nothing, e.g. with DELETE: then there is no stream that would ever end.
    if (headers['content-length'] === undefined && headers['transfer-encoding'] === undefined)
      headers['content-type'] = undefined;
    const { traceparent: incoming } = headers;
    const traceparent = typeof incoming === 'string' && parseTraceparent(incoming) ? incoming.slice(0, 55) : undefined;
    const route = request.routeOptions.url ?? 'none';
    const attributes = { 'http.request.method': request.method, 'http.route': route };
    const span = tracing.begin(`${request.method} ${route}`, attributes, traceparent, request.id);
    // A trace that nobody keeps is not passed on: neither calls nor log rows pay for it.
    if (span === undefined) return done();
    request.traceparent = span.traceparent;
    spans.set(request, span);
    span.within(done);
  });

  http.addHook('onRoute', (route) => {
    const { url } = route;
    const answered = (request: FastifyRequest, reply: FastifyReply, done: () => void) => {
      const ms = reply.elapsedTime;
      metrics.requestAnswered(request.method, url, reply.statusCode, ms / 1_000);
      if (ms > slowMs && !reply.streamsEvents) {
        logger.warn(
          { requestId: request.id, method: request.method, route: url, status: reply.statusCode, ms },
          'slow',
        );
      }
      if (request.traceparent !== undefined) spans.get(request)?.end({ 'http.response.status_code': reply.statusCode });
      done();
    };
    route.onResponse = [answered, ...[route.onResponse ?? []].flat()];
  });
}
