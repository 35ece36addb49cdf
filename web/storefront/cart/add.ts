import type { Words } from '../words/words.ts';
import { problemText } from './CartSaid.tsx';
import { cartSaid, cartStore } from './cart-store.ts';

/** What came of putting something into the cart; `message` is for beside the button. */
export type Added = { readonly ok: true } | { readonly ok: false; readonly message: string };

/** Puts more of a SKU into the cart and opens the cart beside the page; every tab's count follows. */
export async function addToCart(sku: string, quantity: number, words: Words): Promise<Added> {
  if (await cartStore.add(sku, quantity)) return { ok: true };
  const said = cartSaid();
  return { ok: false, message: problemText(said?.kind === 'problem' ? said.code : 'other', words.cart) };
}
