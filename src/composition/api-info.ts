import type { ApiInfo } from '../platform/http/openapi.ts';

/** What the OpenAPI document says of the whole API. */
export const apiInfo: ApiInfo = {
  title: 'Jangteo',
  version: '0.1.0',
  description:
    'A marketplace: browse, search, fill a cart, check out, follow the order. Lists are `{ items, nextCursor }`; money is `{ amount, currency }` in whole minor units; problems are RFC 9457 with a stable `code`.',
};
