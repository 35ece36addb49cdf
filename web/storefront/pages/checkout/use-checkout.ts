import { useCallback, useEffect, useLayoutEffect, useRef, useState } from 'react';
import { ask } from '../../api.ts';
import { cartStore } from '../../cart/cart-store.ts';
import { linesOf } from '../../cart/cart-view.ts';
import { onRemembered } from '../../cart/memory.ts';
import { usePage } from '../../page-context.tsx';
import { addressFields, amiss, changedIn, type FieldName, problemOf, purchaseBody, sayingOf } from './fields.ts';
import { keepCheckout, recallCheckout } from './kept.ts';
import { useAttempt } from './use-attempt.ts';
import type { CheckoutProblem, CheckoutValues, CheckoutView } from './view.ts';

/** What the page says beside the form: the cart was changed elsewhere, the total is being worked out, or could not be. */
export type Aside = 'otherTab' | 'updating' | 'stale' | undefined;

export type Checkout = ReturnType<typeof useCheckout>;

/** The checkout of one page: what is bought, what was typed, what is amiss, and the attempt. */
export function useCheckout(first: CheckoutView) {
  const { language, currency, href } = usePage();
  const [view, setView] = useState(first);
  const [values, setValues] = useState<CheckoutValues>(() => first.values ?? blank(first));
  const form = useRef<HTMLFormElement>(null);
  /** Ahead of `values` while several fields are filled in at once. */
  const newest = useRef(values);
  const [wrong, setWrong] = useState<readonly string[]>(first.problem?.fields ?? []);
  const [aside, setAside] = useState<Aside>();
  const { attempt, pay, edited, again } = useAttempt(first.cart.cartId);
  const isUnderWay = attempt.phase === 'asking' || attempt.phase === 'waiting' || attempt.phase === 'done';
  const underWay = useRef(isUnderWay);
  underWay.current = isUnderWay;

  const load = useCallback(
    async (country: string, saying?: Aside) => {
      setAside('updating');
      const path = `/web/v1/${language}/checkout?country=${encodeURIComponent(country)}&currency=${currency}`;
      const result = await ask<CheckoutView>(path);
      if (result.kind === 'done') setView(result.answer);
      setAside(result.kind === 'done' ? saying : 'stale');
    },
    [language, currency],
  );

  // What was typed before a reload (not over what a plain form has sent back), and what was while the scripts were still on their way.
  useLayoutEffect(() => {
    const shown = first.values ?? blank(first);
    const kept = first.values === null ? recallCheckout().values : undefined;
    const early = form.current === null ? {} : changedIn(new FormData(form.current), shown);
    const isEarly = Object.keys(early).length > 0;
    if (kept === undefined && !isEarly) return;
    newest.current = { ...shown, ...kept, ...early };
    setValues(newest.current);
    if (isEarly) keepCheckout({ values: newest.current });
    if (newest.current.country !== first.country) void load(newest.current.country);
  }, [first, load]);

  // The cart of another tab is the same cart.
  const { country } = values;
  useEffect(
    () =>
      onRemembered(() => {
        if (!underWay.current) void load(country, 'otherTab');
      }),
    [country, load],
  );

  // A page that the browser kept whole while its shopper was on the order's page tells an old state.
  useEffect(() => {
    const shown = (event: PageTransitionEvent) => {
      if (event.persisted) location.reload();
    };
    addEventListener('pageshow', shown);
    return () => removeEventListener('pageshow', shown);
  }, []);

  const refusal = attempt.phase === 'refused' ? attempt.problem : undefined;
  useEffect(() => {
    if (refusal === undefined) return;
    setWrong(problemOf(refusal).fields);
    if (sayingOf(refusal.code).place === 'total') void load(country);
  }, [refusal, country, load]);

  const orderId = attempt.phase === 'done' ? attempt.orderId : undefined;
  useEffect(() => {
    if (orderId === undefined) return;
    cartStore.bought();
    location.assign(href(`/orders/${orderId}`));
  }, [orderId, href]);

  const order: readonly FieldName[] = ['email', ...addressFields(language, values.country), 'card'];

  return {
    /** The form that shows it. */
    form,
    view,
    values,
    wrong,
    aside,
    attempt,
    isUnderWay,
    fields: order,
    /** Why the last attempt came to nothing, by script or by a plain form. */
    problem: refusal === undefined ? (attempt.phase === 'idle' ? first.problem : null) : problemOf(refusal),

    type(field: FieldName, text: string) {
      newest.current = { ...newest.current, [field]: text };
      setValues(newest.current);
      keepCheckout({ values: newest.current });
      setWrong((before) => before.filter((each) => each !== field));
      if (field === 'card') edited();
      if (field === 'country') void load(text);
    },

    /** Asks for the order, unless something is amiss: then the first such field is answered. */
    submit(): FieldName | undefined {
      const { cartId, totals } = view.cart;
      const found = amiss(values, order);
      setWrong(found);
      if (found.length === 0 && cartId !== null && totals !== null) pay(purchaseBody(values, cartId, totals), values);
      return found[0];
    },

    again,
    reload: () => load(country),

    /** Takes as many as there are; none: takes the line out. */
    async take(sku: string, quantity: number) {
      const line = view.cart.parcels.flatMap(({ lines }) => lines).find((each) => each.sku === sku);
      if (line !== undefined && (await cartStore.change(line, quantity))) edited();
      await load(country);
    },

    /** The same things in a new cart, in place of one that cannot be bought any more. */
    async putBack() {
      if (!(await cartStore.restore(linesOf(view.cart)))) return;
      edited();
      await load(country);
    },
  };
}

function blank({ country, cards }: CheckoutView): CheckoutValues {
  return {
    ...{ email: '', name: '', line1: '', line2: '', city: '', postalCode: '', country },
    card: cards[0] ?? '',
  };
}

export type { CheckoutProblem };
