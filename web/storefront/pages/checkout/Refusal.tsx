import { useEffect, useRef } from 'react';
import { Button, ButtonLink } from '../../../design/Button.tsx';
import { formatMoney } from '../../../design/money.ts';
import { Notice } from '../../../design/Notice.tsx';
import { usePage } from '../../page-context.tsx';
import styles from './checkout.module.css';
import { type Place, sayingOf } from './fields.ts';
import type { Checkout } from './use-checkout.ts';

interface RefusalProps {
  readonly checkout: Checkout;
  /** Only what belongs here is shown here. */
  readonly place: Place;
}

/** Why the last attempt came to nothing, beside what it concerns, with the way out; read out, and brought into sight. */
export function Refusal({ checkout, place }: RefusalProps) {
  const { language, words } = usePage();
  const { problem } = checkout;
  const shown = useRef<HTMLDivElement>(null);
  const isHere = problem !== null && sayingOf(problem.code).place === place;
  const at = isHere ? `${problem.code} ${problem.orderId} ${problem.actual?.amount}` : undefined;

  useEffect(() => {
    if (at !== undefined) shown.current?.focus();
  }, [at]);

  if (!isHere) return null;
  const { words: entry, wayOut } = sayingOf(problem.code);
  const { title, text } = words.checkout.problems[entry as keyof typeof words.checkout.problems];
  return (
    <div ref={shown} tabIndex={-1} className={styles.refusal}>
      <Notice kind="danger" title={title} urgent>
        <p>{text}</p>
        {problem.expected === null || problem.actual === null ? null : (
          <p suppressHydrationWarning>
            {words.checkout.wasNow(formatMoney(problem.expected, language), formatMoney(problem.actual, language))}
          </p>
        )}
        {entry === 'other' ? (
          <p>
            {words.checkout.code}: <code>{problem.code}</code>
          </p>
        ) : null}
        <WayOut checkout={checkout} wayOut={wayOut} />
      </Notice>
    </div>
  );
}

function WayOut({ checkout, wayOut }: { readonly checkout: Checkout; readonly wayOut: string | undefined }) {
  const { words, href } = usePage();
  switch (wayOut) {
    case 'putBack':
      return checkout.view.cart.count === 0 ? (
        <ButtonLink size="small" href={href('/cart')}>
          {words.checkout.toCart}
        </ButtonLink>
      ) : (
        <Button size="small" onClick={() => void checkout.putBack()}>
          {words.checkout.putBack}
        </Button>
      );
    case 'toCart':
      return (
        <ButtonLink size="small" href={href('/cart')}>
          {words.checkout.toCart}
        </ButtonLink>
      );
    case 'toOrders':
      return (
        <ButtonLink size="small" href={href('/orders')}>
          {words.checkout.toOrders}
        </ButtonLink>
      );
    case 'reload':
      return (
        <ButtonLink size="small" href={href('/checkout')}>
          {words.checkout.reload}
        </ButtonLink>
      );
    default:
      return null;
  }
}
