import { useEffect } from 'react';
import { ButtonLink } from '../../../design/Button.tsx';
import { EmptyState } from '../../../design/EmptyState.tsx';
import { Notice } from '../../../design/Notice.tsx';
import { CartLines } from '../../cart/CartLines.tsx';
import { CartNotices } from '../../cart/CartNotices.tsx';
import { CartSaid, problemText } from '../../cart/CartSaid.tsx';
import { show, useCart } from '../../cart/cart-store.ts';
import { blocking } from '../../cart/cart-view.ts';
import type { CartView } from '../../cart/contract.ts';
import { Totals } from '../../cart/Totals.tsx';
import { usePage } from '../../page-context.tsx';
import styles from './cart.module.css';

/** The cart on a page of its own. */
export function CartBody({ view: first }: { readonly view: CartView }) {
  const { words, href, path } = usePage();
  const { view = first, said, isBusy } = useCart();
  useEffect(() => show(first), [first]);

  const formProblem = said === undefined && view === first ? problemIn(path) : undefined;
  return (
    <div className={styles.page} aria-busy={isBusy || undefined}>
      <h1>{words.cart.title}</h1>
      {formProblem === undefined ? null : (
        <Notice kind="danger" urgent>
          {problemText(formProblem, words.cart)}
        </Notice>
      )}
      <CartSaid said={said} />
      <CartNotices view={view} />
      {view.count === 0 ? (
        <EmptyState
          title={words.cart.empty}
          action={
            <>
              <ButtonLink kind="primary" href={href('/')}>
                {words.cart.browse}
              </ButtonLink>
              <ButtonLink href={href('/orders')}>{words.shell.orders}</ButtonLink>
            </>
          }
        >
          <p>{words.cart.emptyText}</p>
        </EmptyState>
      ) : (
        <div className={styles.columns}>
          <CartLines view={view} level={2} />
          <Summary view={view} />
        </div>
      )}
    </div>
  );
}

function Summary({ view }: { readonly view: CartView }) {
  const { words, href } = usePage();
  const isBlocked = blocking(view).length > 0;
  return (
    <aside className={styles.summary} aria-labelledby="cart-summary">
      <h2 id="cart-summary">{words.cart.summary}</h2>
      {view.totals === null ? <Notice kind="warning">{words.cart.tooLarge}</Notice> : null}
      {view.totals === null ? null : <Totals totals={view.totals} isTaxed={false} />}
      {isBlocked ? <Notice kind="warning">{words.cart.blocked}</Notice> : null}
      {isBlocked || view.totals === null ? null : (
        <ButtonLink kind="primary" wide href={href('/checkout')}>
          {words.cart.checkout}
        </ButtonLink>
      )}
      <p className={styles.note}>{words.checkout.secure}</p>
    </aside>
  );
}

/** Why a plain form could not be done: it led back here with the code in the address. */
function problemIn(path: string): string | undefined {
  return new URLSearchParams(path.split('?')[1] ?? '').get('problem') ?? undefined;
}
