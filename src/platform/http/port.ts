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
