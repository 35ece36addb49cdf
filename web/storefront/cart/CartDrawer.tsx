import { useEffect, useRef } from 'react';
import { Button, ButtonLink } from '../../design/Button.tsx';
import { EmptyState } from '../../design/EmptyState.tsx';
import { usePage } from '../page-context.tsx';
import { CartLines } from './CartLines.tsx';
import { CartNotices } from './CartNotices.tsx';
import { CartSaid } from './CartSaid.tsx';
import { cartStore, useCart } from './cart-store.ts';
import { blocking } from './cart-view.ts';
import styles from './drawer.module.css';
import { CloseIcon } from './icons.tsx';
import { Totals } from './Totals.tsx';

/** The cart beside the page: a modal dialog, so the page behind is inert and the focus stays inside until it closes. */
export function CartDrawer() {
  const { words, href } = usePage();
  const { view, said, isBusy } = useCart();
  const dialog = useRef<HTMLDialogElement>(null);

  useEffect(() => {
    const element = dialog.current;
    if (element !== null && !element.open) element.showModal();
  }, []);

  return (
    <dialog
      ref={dialog}
      className={styles.drawer}
      aria-labelledby="cart-drawer-title"
      onClose={cartStore.close}
      // A press beside it closes it, as Escape does.
      {...{ closedby: 'any' }}
    >
      <div className={styles.content} aria-busy={isBusy || undefined}>
        <div className={styles.head}>
          <h2 id="cart-drawer-title">{words.cart.title}</h2>
          <button
            type="button"
            className={styles.close}
            aria-label={words.cart.close}
            onClick={() => dialog.current?.close()}
          >
            <CloseIcon />
          </button>
        </div>
        <div className={styles.body}>
          <CartSaid said={said} />
          {view === undefined ? (
            said?.kind === 'problem' ? (
              <Button onClick={() => void cartStore.load()}>{words.cart.retry}</Button>
            ) : (
              <p role="status">{words.cart.loading}</p>
            )
          ) : (
            <>
              <CartNotices view={view} />
              {view.count === 0 ? <EmptyState title={words.cart.empty}>{words.cart.emptyText}</EmptyState> : null}
              <CartLines view={view} level={3} />
            </>
          )}
        </div>
        {view === undefined || view.count === 0 ? null : (
          <div className={styles.foot}>
            {view.totals === null ? null : <Totals totals={view.totals} isTaxed={false} isBrief />}
            {blocking(view).length === 0 && view.totals !== null ? (
              <ButtonLink kind="primary" wide href={href('/checkout')}>
                {words.cart.checkout}
              </ButtonLink>
            ) : (
              <p>{view.totals === null ? words.cart.tooLarge : words.cart.blocked}</p>
            )}
            <ButtonLink kind="quiet" wide href={href('/cart')}>
              {words.cart.view}
            </ButtonLink>
          </div>
        )}
      </div>
    </dialog>
  );
}
