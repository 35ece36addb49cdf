import { useCallback, useEffect, useReducer } from 'react';
import { ask } from '../../api.ts';
import { type Attempt, after, pauseMs, type Wish } from './attempt.ts';
import { forgetCheckout, keepCheckout, recallCheckout } from './kept.ts';
import type { CheckoutValues } from './view.ts';

/** Longer than the shop waits for the outcome. */
const ANSWER_MS = 20_000;

/** An attempt to buy, kept through reloads: whatever was asked is asked on with its key until there is an answer. */
export function useAttempt(cartId: string | null) {
  const [attempt, tell] = useReducer(after, { phase: 'idle' } satisfies Attempt as Attempt);

  useEffect(() => {
    const { wish } = recallCheckout();
    if (wish !== undefined && wish.body.cartId === cartId) tell({ type: 'pay', wish });
  }, [cartId]);

  useEffect(() => {
    if (attempt.phase !== 'asking') return;
    const { wish } = attempt;
    const left = new AbortController();
    ask<{ orderId: string }>('/web/v1/checkout', {
      method: 'POST',
      body: wish.body,
      idempotencyKey: wish.key,
      timeoutMs: ANSWER_MS,
      signal: left.signal,
    })
      .then((result) => tell({ type: 'answered', key: wish.key, result }))
      .catch(() => undefined);
    // Whoever leaves takes the key along: the next page of this tab asks on.
    return () => left.abort();
  }, [attempt]);

  useEffect(() => {
    if (attempt.phase !== 'waiting') return;
    const again = () => tell({ type: 'again' });
    const timer = setTimeout(again, pauseMs(attempt.tries));
    addEventListener('online', again);
    return () => {
      clearTimeout(timer);
      removeEventListener('online', again);
    };
  }, [attempt]);

  useEffect(() => {
    if (attempt.phase === 'refused') keepCheckout({ wish: undefined });
    if (attempt.phase === 'done') forgetCheckout();
  }, [attempt.phase]);

  const pay = useCallback((body: Wish['body'], values: CheckoutValues) => {
    const kept = recallCheckout().wish;
    // What is under way in this tab for this cart stays the attempt.
    const wish = kept?.body.cartId === body.cartId ? kept : { key: crypto.randomUUID(), body };
    keepCheckout({ wish, values });
    tell({ type: 'pay', wish });
  }, []);
  const again = useCallback(() => tell({ type: 'again' }), []);
  const edited = useCallback(() => tell({ type: 'edited' }), []);

  return { attempt, pay, again, edited };
}
