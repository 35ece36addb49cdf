import { Type } from 'typebox';
import { Country, Id } from '../../contracts/shapes.ts';
import { ShownCart } from '../../contracts/shown-cart.ts';
import type { Capabilities, HttpRoutes } from '../../platform/http/port.ts';
import { Problem } from '../../platform/http/problem.ts';

/** Why a cart may not be shown. */
export const ofCart = ['unauthorized', 'forbidden', 'unknown_cart', 'cart_expired', 'cart_merged'];

/** In which header a state that was shown is named, for the `after` of the next request. */
export const TOKEN = 'jangteo-token';

/** A shopper's wish to see their cart. */
export interface ReadWish {
  readonly cartId: string;
  readonly shopperId: string;
  readonly country?: string;
  readonly after?: string;
}

/** `GET /v1/carts/:cartId`, answered by whoever leads the carts or by a process that has their copies. `read` throws problems. */
export function cartReadRoute(
  { shopperOf }: Pick<Capabilities, 'shopperOf'>,
  read: (wish: ReadWish) => Promise<ShownCart>,
): HttpRoutes {
  return (http) => {
    http.get(
      '/v1/carts/:cartId',
      {
        schema: {
          summary: 'A cart at the prices of this moment',
          params: Type.Object({ cartId: Id }),
          querystring: Type.Object({
            country: Type.Optional(Country),
            after: Type.Optional(
              Type.String({
                maxLength: 4_096,
                description: 'The newest Jangteo-Token that was answered: with it any process may answer at once.',
              }),
            ),
          }),
          response: { 200: ShownCart },
        },
        config: { problems: ofCart },
      },
      async (request, reply) => {
        const shopperId = shopperOf(request);
        if (shopperId === undefined) throw new Problem('unauthorized', NO_TOKEN);
        const { country, after } = request.query;
        const cart = await read({
          ...{ cartId: request.params.cartId, shopperId },
          ...(country !== undefined && { country }),
          ...(after !== undefined && { after }),
        });
        if (cart.asOf !== undefined) reply.header(TOKEN, cart.asOf);
        return cart;
      },
    );
  };
}

export const NO_TOKEN = 'Send the token of your cart as `Authorization: Bearer`.';
