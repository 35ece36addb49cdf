import type { FastifyError, FastifyReply, FastifyRequest } from 'fastify';
import type { JsonObject } from '../../kernel/json.ts';
import { IdempotencyConflict, UnavailableFault } from '../event-store/port.ts';
import type { Logger } from '../telemetry/port.ts';
import { Problem } from './problem.ts';
import { fieldErrors } from './validation-errors.ts';

/** One kind of problem: its HTTP status and its title. */
export interface ProblemKind {
  readonly status: number;
  readonly title: string;
}

/** The catalogue: every code that the API answers with. */
export type ProblemCatalogue = Readonly<Record<string, ProblemKind>>;

/** A problem as it is sent: RFC 9457, with the stable code and what a program needs to react. */
export interface ProblemDocument extends JsonObject {
  readonly type: string;
  readonly title: string;
  readonly status: number;
  readonly detail: string;
  readonly code: string;
}

/** What is sent instead of the document of a problem, such as a page for a person; undefined for whoever reads the document. */
export type ProblemPage = (document: ProblemDocument, request: FastifyRequest) => OtherAnswer | undefined;

interface OtherAnswer {
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

const RETRY_AFTER_S = '1';
const PARTS: Readonly<Record<string, string>> = {
  body: 'body',
  headers: 'headers',
  params: 'path',
  querystring: 'query',
};

/** Answers errors, each with its problem. What is no problem is a fault: logged in full, answered without internals. */
export function problemAnswers(catalogue: ProblemCatalogue, logger: Logger, problemPage?: ProblemPage) {
  const documentOf = (problem: Problem, instance: string, requestId: string): ProblemDocument => {
    const kind = catalogue[problem.code];
    if (kind === undefined) throw new Error(`the problem code ${problem.code} is not in the catalogue`);
    return {
      ...problem.extra,
      type: `/problems/${problem.code}`,
      title: kind.title,
      status: kind.status,
      detail: problem.detail,
      instance,
      code: problem.code,
      requestId,
    };
  };

  const fault = (error: unknown, request: FastifyRequest): Problem => {
    const at = { requestId: request.id, method: request.method, route: request.routeOptions.url ?? 'none' };
    logger.error({ err: error, traceId: request.id, ...at }, 'a request failed');
    return new Problem('internal_error', 'The fault is logged; quote the requestId when you report it.');
  };

  return {
    documentOf,
    /** Sends the problem of whatever was thrown. */
    answer(error: unknown, request: FastifyRequest, reply: FastifyReply): FastifyReply {
      let problem = problemOfError(error) ?? fault(error, request);
      if (catalogue[problem.code] === undefined) {
        problem = fault(new Error(`not in the catalogue: ${problem.code}`, { cause: error }), request);
      }
      const document = documentOf(problem, pathOf(request.url), request.id);
      if (document.status === 401) reply.header('www-authenticate', 'Bearer');
      if ((document.status === 503 || document.status === 429) && !reply.hasHeader('retry-after'))
        reply.header('retry-after', RETRY_AFTER_S);
      reply.code(document.status).header('cache-control', 'no-store');
      const page = problemPage?.(document, request);
      if (page !== undefined) return reply.headers(page.headers).send(page.body);
      return reply.header('content-type', 'application/problem+json; charset=utf-8').send(JSON.stringify(document));
    },
  };
}

/** The address without its query, which may hold what a shopper typed. */
export function pathOf(url: string): string {
  const query = url.indexOf('?');
  return query < 0 ? url : url.slice(0, query);
}

/** The problem that an error stands for; undefined for a fault. */
function problemOfError(error: unknown): Problem | undefined {
  if (error instanceof Problem) return error;
  if (error instanceof UnavailableFault) {
    return new Problem(
      'unavailable',
      'The shop cannot keep this just now. Nothing was acknowledged; asking again is safe.',
    );
  }
  if (error instanceof IdempotencyConflict) {
    return new Problem(
      'idempotency_key_reused',
      'This Idempotency-Key came before with another request; use a new one.',
    );
  }
  return error instanceof Error ? problemOfFastifyError(error as FastifyError) : undefined;
}

function problemOfFastifyError(error: FastifyError): Problem | undefined {
  if (error.validation !== undefined) {
    const errors = fieldErrors(PARTS[error.validationContext ?? ''] ?? 'request', error.validation);
    const [first] = errors;
    const others = errors.length > 1 ? ` and ${errors.length - 1} more` : '';
    const detail =
      first === undefined ? 'The request does not fit its schema.' : `${first.path} ${first.message}${others}.`;
    return new Problem('validation_failed', detail, { errors });
  }
  if (typeof error.code !== 'string' || !error.code.startsWith('FST_')) return undefined;
  switch (error.statusCode) {
    case 413:
      return new Problem('payload_too_large', 'The body is larger than this address takes.');
    case 415:
      return new Problem('unsupported_media_type', 'Send the body as application/json and say so in Content-Type.');
    // A path that climbs out of the folder of a page's files.
    case 403:
    case 404:
    case 414:
      return new Problem('not_found', 'There is nothing at this address. /docs lists what there is.');
    case 400:
      return new Problem('malformed_request', malformedDetail(error.code));
    default:
      return undefined;
  }
}

function malformedDetail(code: string): string {
  if (code === 'FST_ERR_CTP_INVALID_JSON_BODY') return 'The body is not valid JSON.';
  if (code === 'FST_ERR_CTP_INVALID_CONTENT_LENGTH') return 'The body is not as long as Content-Length says.';
  if (code === 'FST_ERR_BAD_URL') return 'The path of the address is not encoded in UTF-8.';
  return 'The request cannot be read.';
}
