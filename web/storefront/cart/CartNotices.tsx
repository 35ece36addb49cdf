import type { FormEvent } from 'react';
import { Button, ButtonLink } from '../../design/Button.tsx';
import { Notice } from '../../design/Notice.tsx';
import { usePage } from '../page-context.tsx';
import { cartStore, useCart } from './cart-store.ts';
import type { CartView } from './contract.ts';
import styles from './notices.module.css';

/** What a shopper should know of the cart as a whole: lost, expired, bought, or in another currency than the page. */
export function CartNotices({ view }: { readonly view: CartView }) {
  const { currency, words, href } = usePage();
  const { lost } = useCart();

  const switchCurrency = (event: FormEvent) => {
    event.preventDefault();
    void cartStore.switchCurrency(view);
  };
  const back =
    lost === undefined ? null : (
      <Button size="small" onClick={() => void cartStore.restore([...lost.lines])}>
        {words.cart.lostBack(lost.count)}
      </Button>
    );

  if (view.state === 'expired')
    return (
      <Notice kind="warning" title={words.cart.expiredTitle}>
        <p>{words.cart.expiredText}</p>
        {back}
      </Notice>
    );
  if (view.state === 'lost' || (view.state === 'none' && lost !== undefined))
    return (
      <Notice kind="warning" title={words.cart.lostTitle}>
        <p>{words.cart.lostText}</p>
        {back}
      </Notice>
    );
  if (view.state === 'bought' && view.orderId !== null)
    return (
      <Notice kind="success" title={words.cart.boughtTitle}>
        <p>{words.cart.boughtText}</p>
        <ButtonLink size="small" href={href(`/orders/${view.orderId}`)}>
          {words.cart.toOrder}
        </ButtonLink>
      </Notice>
    );
  if (view.state !== 'open' || view.currency === currency || view.count === 0) return null;
  return (
    <form className={styles.currency} action={href('/cart/currency')} method="post" onSubmit={switchCurrency}>
      <span>{words.cart.otherCurrency(view.currency)}</span>
      <input type="hidden" name="currency" value={currency} />
      <Button type="submit" size="small" kind="quiet">
        {words.cart.switchCurrency(currency)}
      </Button>
    </form>
  );
}
