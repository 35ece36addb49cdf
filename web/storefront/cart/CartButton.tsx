import { lazy, type MouseEvent, Suspense, useEffect } from 'react';
import { usePage } from '../page-context.tsx';
import { CartIcon } from '../shell/icons.tsx';
import styles from './button.module.css';
import { cartStore, useCart } from './cart-store.ts';

const CartDrawer = lazy(() => import('./CartDrawer.tsx').then((module) => ({ default: module.CartDrawer })));

/** Opens the cart beside the page; a link to its own page without scripts, and for whoever wants a tab of its own. */
export function CartButton() {
  const { language, currency, words, href, page } = usePage();
  const { count, isOpen } = useCart();
  useEffect(() => cartStore.begin(language, currency), [language, currency]);

  const open = (event: MouseEvent) => {
    if (OWN_PAGES.has(page) || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
    event.preventDefault();
    cartStore.open();
  };

  return (
    <>
      <a className={`header-tool header-cart ${styles.button}`} href={href('/cart')} onClick={open}>
        <CartIcon />
        <span>{words.shell.cart}</span>
        {count > 0 ? (
          <>
            <b className={styles.count} aria-hidden="true">
              {count > 99 ? '99+' : count}
            </b>
            <span className="visually-hidden">{words.shell.cartCount(count)}</span>
          </>
        ) : null}
      </a>
      {isOpen ? (
        <Suspense fallback={null}>
          <CartDrawer />
        </Suspense>
      ) : null}
    </>
  );
}

/** Where the cart is before one's eyes anyway, or should not be changed behind the page's back. */
const OWN_PAGES: ReadonlySet<string> = new Set(['cart', 'checkout']);
