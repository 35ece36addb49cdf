import { useSyncExternalStore } from 'react';
import type { Result } from '../api.ts';
import type { Language } from '../page-state.ts';
import { cartApi, type Lines } from './cart-api.ts';
import { linesOf, memoryOf, type Said, titleOf } from './cart-view.ts';
import type { CartLineView, CartView } from './contract.ts';
import { type CartMemory, onRemembered, recall, remember } from './memory.ts';

/** The cart as this tab knows it. */
export interface CartState {
  /** Pieces; known before the cart itself is. */
  readonly count: number;
  /** Undefined until it was asked for. */
  readonly view: CartView | undefined;
  readonly isOpen: boolean;
  /** Something is under way. */
  readonly isBusy: boolean;
  /** What has just happened, or went wrong. */
  readonly said: Said | undefined;
  /** What was in a cart whose session is gone. */
  readonly lost: CartMemory | undefined;
}

const EMPTY: CartState = {
  count: 0,
  view: undefined,
  isOpen: false,
  isBusy: false,
  said: undefined,
  lost: undefined,
};

let state = EMPTY;
const listeners = new Set<() => void>();
let queue: Promise<unknown> = Promise.resolve();
let page: { readonly language: Language; readonly currency: string } = { language: 'en', currency: 'USD' };

function set(change: Partial<CartState>): void {
  state = { ...state, ...change };
  for (const listener of listeners) listener();
}

const api = () => cartApi(page.language, page.currency);

/** Shows a cart that the server has just told of, and tells the other tabs. */
export function show(view: CartView, said?: Said): void {
  const before = recall();
  const isGone = view.state === 'lost' || view.state === 'expired' || view.state === 'none';
  const lost = isGone && before !== undefined && before.count > 0 ? before : undefined;
  if (lost === undefined) remember(memoryOf(view));
  set({ view, count: view.count, said, lost });
}

/** One change after the other: quick presses neither overtake each other nor get lost. */
function inTurn<Answer>(task: () => Promise<Answer>): Promise<Answer> {
  const turn = queue.then(async () => {
    set({ isBusy: true });
    try {
      return await task();
    } finally {
      set({ isBusy: false });
    }
  });
  queue = turn.catch(() => undefined);
  return turn;
}

async function settle(result: Result<CartView>, said?: Said): Promise<boolean> {
  if (result.kind === 'done') {
    show(result.answer, said);
    return true;
  }
  set({ said: { kind: 'problem', code: result.kind === 'offline' ? 'unavailable' : result.problem.code } });
  return false;
}

export const cartStore = {
  /** Once a page: which language and currency, and what other tabs do from now on. */
  begin(language: Language, currency: string): () => void {
    page = { language, currency };
    set({ count: recall()?.count ?? 0 });
    void api()
      .count()
      .then((result) => {
        if (result.kind !== 'done') return;
        const { state: cartState, cartId, count } = result.answer;
        const memory = recall();
        // While the session is lost its lines stay remembered: they can be put back.
        if (memory !== undefined && memory.count !== count && (cartState === 'open' || cartState === 'bought'))
          remember({ ...memory, cartId, count, ...(count === 0 ? { lines: [] } : {}) });
        set({ count });
      });
    return onRemembered(({ count }) => {
      set({ count });
      if (state.view !== undefined) void cartStore.load();
    });
  },

  load: () => inTurn(async () => settle(await api().read())),

  /** Puts more of a SKU in and opens the drawer; false when it could not be, and `said` says why. */
  add: (sku: string, quantity: number) =>
    inTurn(async () => {
      const result = await api().add(sku, quantity, crypto.randomUUID());
      const title = result.kind === 'done' ? titleOf(result.answer, sku) : undefined;
      const added = await settle(result, title === undefined ? undefined : { kind: 'added', title });
      if (added) set({ isOpen: true });
      return added;
    }),

  change: (line: CartLineView, quantity: number) =>
    quantity < 1
      ? cartStore.remove(line)
      : inTurn(async () => settle(await api().change(line.sku, Math.min(quantity, 10_000)))),

  remove: (line: CartLineView) => inTurn(async () => settle(await api().remove(line.sku), { kind: 'removed', line })),

  undo: ({ sku, quantity, title }: CartLineView) =>
    inTurn(async () =>
      settle(await api().add(sku, quantity, crypto.randomUUID()), { kind: 'undone', title: title ?? sku }),
    ),

  /** A new cart with these lines in the page's currency. */
  restore: (lines: Lines) =>
    inTurn(async () => {
      const result = await api().restore(lines);
      if (result.kind !== 'done') return settle(result);
      const { cart, skipped } = result.answer;
      remember(memoryOf(cart));
      show(cart, skipped.length > 0 ? { kind: 'skipped' } : undefined);
      return true;
    }),

  /** The same lines in the page's currency. */
  switchCurrency: (view: CartView) => cartStore.restore(linesOf(view)),

  /** What was in the cart is an order now; the other tabs hear of it. */
  bought() {
    const memory = recall();
    if (memory !== undefined) remember({ ...memory, count: 0, lines: [] });
    set({ count: 0 });
  },

  open() {
    set({ isOpen: true, said: undefined });
    void cartStore.load();
  },

  close: () => set({ isOpen: false, said: undefined }),
};

const subscribe = (listener: () => void) => {
  listeners.add(listener);
  return () => void listeners.delete(listener);
};

export const cartSaid = (): Said | undefined => state.said;

/** The cart as this tab knows it; on the server nobody has one. */
export function useCart(): CartState {
  return useSyncExternalStore(
    subscribe,
    () => state,
    () => EMPTY,
  );
}
