import type { Wish } from './attempt.ts';
import type { CheckoutValues } from './view.ts';

/**
 * What a tab keeps of its checkout, so that a reload in the middle asks on with the same key and what was typed is still there. It
 * is forgotten with the tab, and when there is an order.
 */
export interface KeptCheckout {
  readonly values?: CheckoutValues | undefined;
  /** The attempt that nobody has answered yet. */
  readonly wish?: Wish | undefined;
}

const KEY = 'jangteo.checkout';

export function recallCheckout(): KeptCheckout {
  try {
    return checkoutIn(sessionStorage.getItem(KEY));
  } catch {
    return {};
  }
}

export function keepCheckout(change: KeptCheckout): void {
  try {
    sessionStorage.setItem(KEY, JSON.stringify({ ...recallCheckout(), ...change }));
  } catch {
    // A browser that keeps nothing asks on until the page is left.
  }
}

export function forgetCheckout(): void {
  try {
    sessionStorage.removeItem(KEY);
  } catch {
    // There was nothing kept.
  }
}

/** Reads what was written, whoever wrote it: it is the browser's, not ours. */
export function checkoutIn(text: string | null): KeptCheckout {
  if (text === null) return {};
  try {
    const { values, wish } = JSON.parse(text) as KeptCheckout;
    return {
      ...(isTexts(values) ? { values } : {}),
      ...(typeof wish?.key === 'string' && typeof wish.body?.cartId === 'string' ? { wish } : {}),
    };
  } catch {
    return {};
  }
}

function isTexts(values: unknown): values is CheckoutValues {
  return (
    typeof values === 'object' && values !== null && Object.values(values).every((text) => typeof text === 'string')
  );
}
