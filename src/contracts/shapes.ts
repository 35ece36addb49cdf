import { type Static, Type } from 'typebox';

/** What several contracts speak of. Limits are part of the promise. */
export const LIMITS = {
  quantity: 10_000,
  linesPerCart: 1_000,
  textLength: 2_000,
  pageSize: 100,
} as const;

const closed = { additionalProperties: false } as const;

export const Money = Type.Object(
  {
    amount: Type.Integer({
      minimum: -9_007_199_254_740_991,
      maximum: 9_007_199_254_740_991,
      description: 'Whole minor units.',
    }),
    currency: Type.String({ pattern: '^[A-Z]{3}$' }),
  },
  closed,
);
export type Money = Static<typeof Money>;

export const Currency = Type.String({ pattern: '^[A-Z]{3}$' });
export const Country = Type.String({ pattern: '^[A-Z]{2}$', description: 'ISO 3166-1 alpha-2.' });
export const Sku = Type.String({
  minLength: 1,
  maxLength: 64,
  pattern: '^[\\x21-\\x7E](?:[\\x20-\\x7E]*[\\x21-\\x7E])?$',
});
export const Id = Type.String({ minLength: 3, maxLength: 64, pattern: '^[A-Za-z0-9][A-Za-z0-9_.-]*$' });
export const Quantity = Type.Integer({ minimum: 1, maximum: LIMITS.quantity });
export const TimeMs = Type.Integer({ minimum: 0, description: 'Milliseconds since 1970.' });

/** A text in English and Korean; one of them may be missing. */
export const Text = Type.Object(
  {
    en: Type.Optional(Type.String({ maxLength: LIMITS.textLength })),
    ko: Type.Optional(Type.String({ maxLength: LIMITS.textLength })),
  },
  closed,
);
export type Text = Static<typeof Text>;

/** A quantity of one SKU. */
export const SkuQuantity = Type.Object({ sku: Sku, quantity: Quantity }, closed);
export type SkuQuantity = Static<typeof SkuQuantity>;

/** Personal data under its person's key. */
export const Sealed = Type.Object({ person: Type.String(), sealed: Type.String() }, closed);

export const Address = Type.Object(
  {
    name: Type.String({ minLength: 1, maxLength: 200 }),
    line1: Type.String({ minLength: 1, maxLength: 200 }),
    line2: Type.Optional(Type.String({ maxLength: 200 })),
    city: Type.String({ minLength: 1, maxLength: 200 }),
    postalCode: Type.String({ minLength: 1, maxLength: 20 }),
    country: Country,
  },
  closed,
);
export type Address = Static<typeof Address>;

/** How a seller charges: a flat fee per parcel and VAT by country. */
export const SellerTerms = Type.Object(
  {
    sellerId: Id,
    /** Fee per parcel in minor units, by currency; a currency without one ships free. */
    parcelFee: Type.Record(Currency, Type.Integer({ minimum: 0 })),
    pricesIncludeTax: Type.Boolean(),
    /** VAT in basis points by country; a country without one is not taxed. */
    vatBasisPoints: Type.Record(Country, Type.Integer({ minimum: 0, maximum: 10_000 })),
    /** The marketplace's commission on what the seller captures. */
    commissionBasisPoints: Type.Integer({ minimum: 0, maximum: 10_000 }),
  },
  closed,
);
export type SellerTerms = Static<typeof SellerTerms>;

export const Nothing = Type.Object({}, closed);
