import { type Static, Type } from 'typebox';
import type { JsonObject } from '../kernel/json.ts';

const closed = { additionalProperties: false } as const;

/** How far an order is. */
export const OrderStatus = Type.Union([
  Type.Literal('placed'),
  Type.Literal('confirmed'),
  Type.Literal('partially_shipped'),
  Type.Literal('shipped'),
  Type.Literal('delivered'),
  Type.Literal('cancelled'),
]);
export type OrderStatus = Static<typeof OrderStatus>;

/** Why something ended as it did: a problem code and a sentence. Never personal data. */
export const Reason = Type.Object(
  {
    code: Type.String(),
    detail: Type.String(),
    extra: Type.Optional(Type.Unsafe<JsonObject>(Type.Object({}, { additionalProperties: true }))),
  },
  closed,
);
export type Reason = Static<typeof Reason>;
