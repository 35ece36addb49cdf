import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { Outcome } from '../../kernel/outcome.ts';
import { acrossMerges, type OwnCart } from './merged-cart.ts';

const cart: OwnCart = { cartId: 'crt_1', shopperId: 'shp_1' };

/** Carts by id: what each was merged into; the others answer with their id. */
const merged =
  (into: Readonly<Record<string, string>>) =>
  async ({ cartId }: OwnCart): Promise<Outcome<string>> => {
    const to = into[cartId];
    if (to === undefined) return { kind: 'done', answer: cartId };
    return { kind: 'rejected', rejection: { code: 'cart_merged', detail: 'Merged.', extra: { cartId: to } } };
  };

describe('a cart that was merged', () => {
  it('is followed to the one that it is in, also over several', async () => {
    const { own, outcome } = await acrossMerges(cart, merged({ crt_1: 'crt_2', crt_2: 'crt_3' }));
    assert.deepEqual(
      [own, outcome],
      [
        { cartId: 'crt_3', shopperId: 'shp_1' },
        { kind: 'done', answer: 'crt_3' },
      ],
    );
  });

  it('is left alone when it was not', async () => {
    assert.equal((await acrossMerges(cart, merged({}))).own, cart);
  });

  it('is not followed for ever', async () => {
    const { outcome } = await acrossMerges(cart, merged({ crt_1: 'crt_2', crt_2: 'crt_1' }));
    assert.equal(outcome.kind, 'rejected');
  });
});
