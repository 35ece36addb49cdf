import { type Static, Type } from 'typebox';
import { command, event, query } from './contract.ts';
import { Currency, Id, LIMITS, Nothing, SellerTerms, Sku, Text, TimeMs } from './shapes.ts';

const closed = { additionalProperties: false } as const;

export const Availability = Type.Union([
  Type.Literal('in_stock'),
  Type.Literal('low_stock'),
  Type.Literal('out_of_stock'),
]);
export type Availability = Static<typeof Availability>;

export const Variant = Type.Object(
  {
    sku: Sku,
    /** Option name → value, e.g. `{ colour: 'red' }`. */
    options: Type.Record(Type.String({ maxLength: 100 }), Type.String({ maxLength: 200 })),
    /** Minor units by currency. */
    prices: Type.Record(Currency, Type.Integer({ minimum: 1, maximum: 1_000_000_000 })),
  },
  closed,
);
export type Variant = Static<typeof Variant>;

export const Product = Type.Object(
  {
    productId: Id,
    sellerId: Id,
    categoryIds: Type.Array(Id, { maxItems: 20 }),
    title: Text,
    description: Text,
    images: Type.Array(Type.String({ maxLength: 500 }), { maxItems: 20 }),
    variants: Type.Array(Variant, { minItems: 1, maxItems: 200 }),
  },
  closed,
);
export type Product = Static<typeof Product>;

export const Seller = Type.Object({ sellerId: Id, name: Text, terms: SellerTerms }, closed);
export type Seller = Static<typeof Seller>;

export const Category = Type.Object({ categoryId: Id, parentId: Type.Optional(Id), name: Text }, closed);
export type Category = Static<typeof Category>;

/** One SKU as it can be bought now. */
export const Offer = Type.Object(
  {
    sku: Sku,
    productId: Id,
    sellerId: Id,
    title: Text,
    options: Type.Record(Type.String(), Type.String()),
    unitPrice: Type.Integer({ minimum: 1 }),
    availability: Availability,
  },
  closed,
);
export type Offer = Static<typeof Offer>;

const { variants: _variants, ...sharedByVariants } = Product.properties;

/** A product on sale as it can be bought now. */
export const ProductOnSale = Type.Object(
  {
    ...sharedByVariants,
    variants: Type.Array(Type.Object({ ...Variant.properties, availability: Availability }, closed)),
    /** Of its best variant. */
    availability: Availability,
    addedAt: TimeMs,
    changedAt: TimeMs,
  },
  closed,
);
export type ProductOnSale = Static<typeof ProductOnSale>;

const Ids = Type.Array(Id, { maxItems: LIMITS.pageSize });

export const catalog = {
  service: 'catalog',
  calls: {
    /** What the SKUs cost now in one currency, with the terms of their sellers; SKUs not on sale in it are `missing`. */
    offers: query(
      Type.Object({ skus: Type.Array(Sku, { maxItems: LIMITS.linesPerCart }), currency: Currency }, closed),
      Type.Object({ offers: Type.Array(Offer), terms: Type.Array(SellerTerms), missing: Type.Array(Sku) }, closed),
    ),
    /** Those of the products that are on sale, in the order asked for. */
    products: query(
      Type.Object({ productIds: Ids }, closed),
      Type.Object({ products: Type.Array(ProductOnSale) }, closed),
    ),
    /**
     * Products on sale, newest first; `cursor` is `nextCursor` of the page before, from the same list. With `newer` it is
     * `previousCursor` of the page after, and the page before that one is told.
     */
    newest: query(
      Type.Object(
        {
          limit: Type.Integer({ minimum: 1, maximum: LIMITS.pageSize }),
          category: Type.Optional(Id),
          seller: Type.Optional(Id),
          cursor: Type.Optional(Type.String({ maxLength: 2_000 })),
          newer: Type.Optional(Type.Literal(true)),
        },
        closed,
      ),
      Type.Object(
        {
          products: Type.Array(ProductOnSale),
          nextCursor: Type.Union([Type.String(), Type.Null()]),
          /** Null on the first page; a release that knows no way back does not tell it. */
          previousCursor: Type.Optional(Type.Union([Type.String(), Type.Null()])),
          /** The list has not caught up with the newest change: show it, but keep no copy. */
          stale: Type.Boolean(),
        },
        closed,
      ),
      'invalid_cursor',
    ),
    /** Every category, by id. */
    categories: query(Nothing, Type.Object({ categories: Type.Array(Category) }, closed)),
    /** Those of the sellers that exist, in the order asked for. */
    sellers: query(Type.Object({ sellerIds: Ids }, closed), Type.Object({ sellers: Type.Array(Seller) }, closed)),
    putSeller: command(Seller, Nothing),
    putCategory: command(Category, Nothing, 'unknown_category', 'category_cycle'),
    /** Makes or replaces a product; the same content again changes nothing. */
    putProduct: command(Product, Nothing, 'unknown_seller', 'unknown_category', 'sku_taken', 'title_missing'),
    withdrawProduct: command(Type.Object({ productId: Id }, closed), Nothing, 'unknown_product'),
    setPrice: command(
      Type.Object(
        { sku: Sku, currency: Currency, amount: Type.Integer({ minimum: 1, maximum: 1_000_000_000 }) },
        closed,
      ),
      Nothing,
      'unknown_sku',
    ),
    /** Whether the shop has no product yet: the sample catalogue is for empty shops only. */
    isEmpty: query(Nothing, Type.Object({ empty: Type.Boolean() }, closed)),
  },
  events: {
    /** The whole product as it is now. `addedAt`: when it first went on sale. `leftCategoryIds`: where it is no longer listed. */
    ProductChanged: event(
      1,
      Type.Object({ product: Product, addedAt: TimeMs, changedAt: TimeMs, leftCategoryIds: Type.Array(Id) }, closed),
    ),
    ProductWithdrawn: event(1, Type.Object({ productId: Id, leftCategoryIds: Type.Array(Id) }, closed)),
    SellerChanged: event(1, Type.Object({ seller: Seller }, closed)),
    CategoryChanged: event(1, Type.Object({ category: Category }, closed)),
  },
} as const;
