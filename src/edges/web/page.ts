import type { FastifyRequest } from 'fastify';
import type { Static, TObject, TSchema } from 'typebox';
import type { Currency } from '../showing/currency.ts';
import type { Language } from '../showing/language.ts';
import type { Gathered } from '../showing/pipeline.ts';

/** What a shopper asks a page for. */
export interface Asked<Params = unknown, Query = unknown> {
  readonly language: Language;
  readonly currency: Currency;
  readonly params: Params;
  readonly query: Query;
  /** For personal pages, which look at whose it is. */
  readonly request: FastifyRequest;
}

/** A page as a value: where it is, and how its data is gathered. Its look is in `web/storefront/pages/<name>`. */
export interface PageDefinition<
  Params extends TObject = TObject,
  Query extends TObject = TObject,
  View extends TSchema = TSchema,
> {
  readonly name: string;
  /** After `/{language}`, e.g. `/p/:productId`. */
  readonly path: string;
  readonly summary: string;
  /** Differs from shopper to shopper: no copy is kept anywhere. */
  readonly personal?: boolean;
  readonly params: Params;
  /** What is not named here is ignored. */
  readonly query: Query;
  readonly view: View;
  readonly gather: (asked: Asked<Static<Params>, Static<Query>>) => Promise<Gathered<Static<View>>>;
}

/** A page among others, whatever it takes and shows. */
export type AnyPage = Omit<PageDefinition, 'gather'> & {
  readonly gather: (asked: Asked<never, never>) => Promise<Gathered<unknown>>;
};
