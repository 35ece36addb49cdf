import { Type } from 'typebox';
import { Availability, Category, Product, Seller, Variant } from '../../contracts/catalog.ts';
import { Currency, Id, LIMITS, Money, SellerTerms, Sku, TimeMs } from '../../contracts/shapes.ts';

const closed = { additionalProperties: false } as const;
const { productId: _product, ...productFields } = Product.properties;
const { sellerId: _seller, ...termsFields } = SellerTerms.properties;
const { categoryId: _category, ...categoryFields } = Category.properties;

export const PublicVariant = Type.Object({
  sku: Sku,
  options: Variant.properties.options,
  prices: Type.Array(Money),
  availability: Availability,
});

export const PublicProduct = Type.Object({
  productId: Id,
  ...productFields,
  variants: Type.Array(PublicVariant),
  availability: Availability,
  addedAt: TimeMs,
  changedAt: TimeMs,
});

export const PublicProductList = Type.Object({
  items: Type.Array(PublicProduct),
  nextCursor: Type.Union([Type.String(), Type.Null()]),
});

export const PublicSeller = Type.Object({ sellerId: Id, name: Seller.properties.name, terms: SellerTerms });
export const PublicCategoryList = Type.Object({
  items: Type.Array(Category),
  nextCursor: Type.Union([Type.String(), Type.Null()]),
});

export const ListParameters = Type.Object(
  {
    limit: Type.Integer({
      minimum: 1,
      maximum: LIMITS.pageSize,
      default: 20,
      description: 'Items a page, 100 at most.',
    }),
    cursor: Type.Optional(Type.String({ maxLength: 2_000, description: '`nextCursor` of the page before.' })),
    category: Type.Optional(Id),
    seller: Type.Optional(Id),
  },
  closed,
);

export const ProductBody = Type.Object(
  {
    ...productFields,
    revision: Type.Optional(
      Type.Integer({
        minimum: 0,
        description:
          'The `revision` that was read: when somebody has changed the product since, nothing is written (`product_changed`).',
      }),
    ),
  },
  closed,
);

/** A product as it is kept, on sale or withdrawn. */
export const KeptProduct = Type.Object({
  productId: Id,
  ...productFields,
  onSale: Type.Boolean(),
  addedAt: TimeMs,
  changedAt: TimeMs,
  revision: Type.Integer({ description: 'Grows with each change.' }),
});
export const KeptProductList = Type.Object({
  items: Type.Array(KeptProduct),
  nextCursor: Type.Union([Type.String(), Type.Null()]),
});
export const SellerBody = Type.Object(
  { name: Seller.properties.name, terms: Type.Object(termsFields, closed) },
  closed,
);
export const CategoryBody = Type.Object(categoryFields, closed);
export const PriceBody = Type.Object({ amount: Type.Integer({ minimum: 1, maximum: 1_000_000_000 }) }, closed);
export const PriceParameters = Type.Object({ sku: Sku, currency: Currency });

/** `changed` is false when everything was already so. */
export const WriteAnswer = Type.Object({ changed: Type.Boolean() }, closed);

const Count = Type.Integer({ minimum: 0 });
export const ImportAnswer = Type.Object({
  rows: Count,
  imported: Count,
  unchanged: Count,
  rejected: Type.Array(
    Type.Object(
      {
        ...{ row: Count, sku: Type.String(), code: Type.String(), reason: Type.String() },
        field: Type.Optional(Type.String({ description: 'The column that is to be mended.' })),
      },
      closed,
    ),
  ),
});

/** How an import under a key stands. */
export const ImportStanding = Type.Object({
  status: Type.String({ description: '`running`, `done` or `failed`.' }),
  startedAt: TimeMs,
  rows: Type.Integer({ description: 'Read so far.' }),
  imported: Count,
  unchanged: Count,
  rejectedRows: Count,
  report: Type.Optional(ImportAnswer),
  trouble: Type.Optional(Type.String({ description: 'Why it came to nothing.' })),
});
