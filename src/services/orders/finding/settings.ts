import { type Static, Type } from 'typebox';

/** Lists of orders from an OpenSearch. */
export const OutsideLists = Type.Object({
  index: Type.Literal('opensearch'),
  url: Type.String({ pattern: '^https?://' }),
  /** What the names of its indices begin with. */
  prefix: Type.String({ pattern: '^[a-z][a-z0-9-]{0,40}$', default: 'jangteo' }),
  /** After so long a list is given up, in ms. */
  queryTimeoutMs: Type.Integer({ minimum: 1, maximum: 60_000, default: 2_000 }),
  /** Pause between two writes, so that what follows closely shares one, in ms. */
  restMs: Type.Integer({ minimum: 0, maximum: 60_000, default: 500 }),
});
export type OutsideLists = Static<typeof OutsideLists>;
