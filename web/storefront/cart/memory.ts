/** What a browser remembers of its cart, for all of its tabs: the count, and the lines should the session be lost. */
export interface CartMemory {
  readonly cartId: string | null;
  readonly count: number;
  readonly currency: string;
  readonly lines: readonly { readonly sku: string; readonly quantity: number }[];
}

const KEY = 'jangteo.cart';

/** What was remembered last; undefined when nothing was, or the browser keeps nothing. */
export function recall(): CartMemory | undefined {
  try {
    return memoryIn(localStorage.getItem(KEY));
  } catch {
    return undefined;
  }
}

export function remember(memory: CartMemory): void {
  try {
    localStorage.setItem(KEY, JSON.stringify(memory));
  } catch {
    // A browser that keeps nothing has one tab's count only.
  }
}

/** Calls `listener` when another tab remembers something else; the returned function ends it. */
export function onRemembered(listener: (memory: CartMemory) => void): () => void {
  const heard = ({ key, newValue }: StorageEvent) => {
    const memory = key === KEY ? memoryIn(newValue) : undefined;
    if (memory !== undefined) listener(memory);
  };
  addEventListener('storage', heard);
  return () => removeEventListener('storage', heard);
}

/** Reads what was written, whoever wrote it: it is the browser's, not ours. */
export function memoryIn(text: string | null): CartMemory | undefined {
  if (text === null) return undefined;
  try {
    const { cartId, count, currency, lines } = JSON.parse(text) as Partial<CartMemory>;
    if (typeof count !== 'number' || typeof currency !== 'string' || !Array.isArray(lines)) return undefined;
    const known = lines.filter(({ sku, quantity }) => typeof sku === 'string' && Number.isInteger(quantity));
    return { cartId: typeof cartId === 'string' ? cartId : null, count, currency, lines: known };
  } catch {
    return undefined;
  }
}
