import { Button, ButtonLink } from '../../../design/Button.tsx';
import { EmptyState } from '../../../design/EmptyState.tsx';
import { Notice } from '../../../design/Notice.tsx';
import { CartNotices } from '../../cart/CartNotices.tsx';
import { useCart } from '../../cart/cart-store.ts';
import { usePage } from '../../page-context.tsx';
import { CheckoutForm } from './CheckoutForm.tsx';
import styles from './checkout.module.css';
import { useCheckout } from './use-checkout.ts';
import type { CheckoutView } from './view.ts';

/** Everything that it takes to buy, on one page; or why there is nothing to buy. */
export function CheckoutBody({ view: first }: { readonly view: CheckoutView }) {
  const { words, href } = usePage();
  const checkout = useCheckout(first);
  const { lost } = useCart();
  const { cart } = checkout.view;

  if (checkout.attempt.phase === 'done')
    return (
      <div className={styles.page}>
        <h1>{words.checkout.title}</h1>
        <Notice kind="success">{words.checkout.done}</Notice>
      </div>
    );
  if (cart.state === 'bought' && cart.orderId !== null && checkout.attempt.phase === 'idle')
    return (
      <EmptyState
        level={1}
        title={words.checkout.boughtTitle}
        action={
          <>
            <ButtonLink kind="primary" href={href(`/orders/${cart.orderId}`)}>
              {words.cart.toOrder}
            </ButtonLink>
            <ButtonLink href={href('/')}>{words.cart.browse}</ButtonLink>
          </>
        }
      >
        <p>{words.checkout.boughtText}</p>
      </EmptyState>
    );
  if (cart.count === 0 && checkout.attempt.phase === 'idle')
    return (
      <div className={styles.page}>
        <h1>{words.checkout.title}</h1>
        <CartNotices view={cart} />
        {lost === undefined ? null : <Button onClick={checkout.reload}>{words.checkout.reload}</Button>}
        <EmptyState
          title={words.cart.empty}
          action={
            <ButtonLink kind="primary" href={href('/')}>
              {words.cart.browse}
            </ButtonLink>
          }
        />
      </div>
    );
  return (
    <div className={styles.page}>
      <h1>{words.checkout.title}</h1>
      <CheckoutForm checkout={checkout} />
    </div>
  );
}
