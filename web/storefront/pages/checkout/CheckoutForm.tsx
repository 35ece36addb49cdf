import { type FormEvent, useEffect, useState } from 'react';
import { Button, ButtonLink } from '../../../design/Button.tsx';
import { Field } from '../../../design/Field.tsx';
import { formatMoney } from '../../../design/money.ts';
import { Notice } from '../../../design/Notice.tsx';
import { blocking } from '../../cart/cart-view.ts';
import { usePage } from '../../page-context.tsx';
import { AddressFields } from './AddressFields.tsx';
import { CardChoice } from './CardChoice.tsx';
import styles from './checkout.module.css';
import { OrderSummary } from './OrderSummary.tsx';
import { Refusal } from './Refusal.tsx';
import type { Checkout } from './use-checkout.ts';
import { Waiting } from './Waiting.tsx';

/** The form of the checkout. It works without scripts as well; with them it keeps what was typed and asks on by itself. */
export function CheckoutForm({ checkout }: { readonly checkout: Checkout }) {
  const { language, words, href } = usePage();
  const { form, view, values, wrong, attempt, isUnderWay } = checkout;
  const { cart, key } = view;
  const [isScripted, setScripted] = useState(false);
  useEffect(() => setScripted(true), []);

  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (isUnderWay) return;
    const first = checkout.submit();
    const field = first === undefined ? undefined : form.current?.elements.namedItem(first);
    if (field instanceof HTMLElement) field.focus();
    else if (field instanceof RadioNodeList) (field[0] as HTMLElement | undefined)?.focus();
  };

  const say = (field: keyof typeof words.checkout.fields) =>
    wrong.includes(field) ? words.checkout.fields[field] : undefined;
  const isBlocked = blocking(cart).length > 0 || cart.totals === null;

  return (
    <form
      ref={form}
      className={styles.columns}
      action={href('/checkout')}
      method="post"
      onSubmit={submit}
      noValidate={isScripted}
      aria-busy={isUnderWay || undefined}
    >
      <OrderSummary checkout={checkout} />
      <div className={styles.form}>
        <input type="hidden" name="cartId" value={cart.cartId ?? ''} />
        <input type="hidden" name="key" value={key} />
        <input type="hidden" name="total" value={cart.totals?.total.amount ?? ''} />
        <input type="hidden" name="currency" value={cart.currency} />
        <fieldset className={styles.part} disabled={isUnderWay}>
          <legend>{words.checkout.contact}</legend>
          <Field
            label={words.checkout.email}
            hint={words.checkout.emailHint}
            error={say('email')}
            name="email"
            type="email"
            autoComplete="email"
            required
            maxLength={254}
            value={values.email}
            onChange={(event) => checkout.type('email', event.currentTarget.value)}
          />
        </fieldset>
        <fieldset className={styles.part} disabled={isUnderWay}>
          <legend>{words.checkout.address}</legend>
          <AddressFields checkout={checkout} say={say} />
        </fieldset>
        <fieldset className={styles.part} disabled={isUnderWay}>
          <legend>{words.checkout.payment}</legend>
          <p className={styles.soft}>{words.checkout.paymentHint}</p>
          <Refusal checkout={checkout} place="card" />
          <CardChoice checkout={checkout} error={say('card')} />
        </fieldset>
        <div className={styles.pay}>
          <Refusal checkout={checkout} place="pay" />
          <Refusal checkout={checkout} place="fields" />
          {wrong.length > 0 && attempt.phase === 'idle' && checkout.problem === null ? (
            <Notice kind="danger" urgent>
              {words.checkout.amiss}
            </Notice>
          ) : null}
          <Waiting checkout={checkout} />
          {isBlocked && !isUnderWay ? (
            <>
              <Notice kind="warning">{cart.totals === null ? words.cart.tooLarge : words.cart.blocked}</Notice>
              <ButtonLink wide href={href('/cart')}>
                {words.checkout.edit}
              </ButtonLink>
            </>
          ) : (
            <Button type="submit" kind="primary" wide busy={isUnderWay} className={styles.payButton}>
              <span suppressHydrationWarning>
                {isUnderWay || cart.totals === null
                  ? words.checkout.paying
                  : words.checkout.pay(formatMoney(cart.totals.total, language))}
              </span>
            </Button>
          )}
          <p className={styles.soft}>{words.checkout.secure}</p>
        </div>
      </div>
    </form>
  );
}
