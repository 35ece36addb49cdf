import type { TypeBoxTypeProvider } from '@fastify/type-provider-typebox';
import type {
  FastifyBaseLogger,
  FastifyInstance,
  RawReplyDefaultExpression,
  RawRequestDefaultExpression,
  RawServerDefault,
} from 'fastify';

/** A Fastify instance whose route schemas give validation, types and the OpenAPI document. */
export type HttpServer = FastifyInstance<
  RawServerDefault,
  RawRequestDefaultExpression,
  RawReplyDefaultExpression,
  FastifyBaseLogger,
  TypeBoxTypeProvider
>;

/** A part of an API: registers its routes on the server it is given. */
export type HttpRoutes = (http: HttpServer) => void | Promise<void>;

/** Guests prove who they are with a token that was handed out with their first cart; nothing is stored for it. */
export interface Capabilities {
  /** A token for a shopper: `<shopperId>.<mac>`. */
  issue(shopperId: string): string;
  /** The shopper a request speaks for: undefined without a token; throws an `unauthorized` problem for a token that is not ours. */
  shopperOf(request: { readonly headers: { readonly authorization?: string | undefined } }): string | undefined;
}

declare module 'fastify' {
  /** What a route says of itself beside its schema; read by the OpenAPI document. */
  interface FastifyContextConfig {
    /** The problem codes that this route's own rules answer with; what every route may answer is added. */
    readonly problems?: readonly string[];
    /** `required` where money moves; every other write takes an Idempotency-Key and may go without. */
    readonly idempotencyKey?: 'required';
    /** The route understands `Prefer: wait=<seconds>`. */
    readonly waits?: boolean;
    /** The address of the OpenAPI document that the route stands in, when it is not the public API's (`ownDocument`). */
    documentedIn?: string;
  }

  interface FastifyRequest {
    /** W3C trace context of this request: pass it on with calls and events. Undefined unless the trace is sampled. */
    traceparent: string | undefined;
  }
}
