import { type FormEvent, useLayoutEffect, useRef, useState } from 'react';
import { Button } from '../../../design/Button.tsx';
import { Notice } from '../../../design/Notice.tsx';
import { Price } from '../../../design/Price.tsx';
import { addToCart } from '../../cart/add.ts';
import { usePage } from '../../page-context.tsx';
import styles from './buy.module.css';
import { QuantityField } from './QuantityField.tsx';
import { VariantChoice } from './VariantChoice.tsx';
import { choicesIn, choicesOf, firstChoice, isBuyable, variantOf } from './variants.ts';
import type { ProductView } from './view.ts';

/** Variant, quantity and the way into the cart. A form that works by itself; with scripts the cart opens beside the page. */
export function BuyForm({ view }: { readonly view: ProductView }) {
  const { language, currency, words, href } = usePage();
  const { variants } = view;
  const [choices, setChoices] = useState(() => {
    const first = firstChoice(variants);
    return first === undefined ? {} : choicesOf(first);
  });
  const form = useRef<HTMLFormElement>(null);
  // What was chosen while the scripts were still on their way.
  useLayoutEffect(() => {
    const held = form.current && new FormData(form.current);
    if (held !== null) setChoices((shown) => choicesIn(held, variants, shown));
  }, [variants]);
  const [isBusy, setBusy] = useState(false);
  const [refusal, setRefusal] = useState<string>();
  const chosen = variantOf(variants, choices);
  if (chosen === undefined) return null;

  const submit = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    if (isBusy) return;
    const sent = new FormData(event.currentTarget);
    const quantity = Math.max(1, Math.min(10_000, Number(sent.get('quantity')) || 1));
    setBusy(true);
    setRefusal(undefined);
    const added = await addToCart(chosen.sku, quantity, words);
    setBusy(false);
    if (!added.ok) setRefusal(added.message);
  };

  const state = chosen.availability;
  return (
    <form ref={form} className={styles.form} action={href('/cart/lines')} method="post" onSubmit={submit}>
      <div className={styles.priceRow} aria-live="polite">
        {chosen.price === null ? (
          <p className={styles.noPrice}>{words.product.notInCurrency(currency)}</p>
        ) : (
          <p className={styles.price}>
            <Price money={chosen.price} language={language} />
          </p>
        )}
        <p className={styles.stock} data-state={state}>
          {words.product[state]}
        </p>
      </div>
      <VariantChoice
        variants={variants}
        choices={choices}
        onChoose={(next) => {
          setChoices(next);
          setRefusal(undefined);
        }}
      />
      <div className={styles.buy}>
        <QuantityField disabled={!isBuyable(chosen)} />
        <Button type="submit" kind="primary" wide busy={isBusy} disabled={!isBuyable(chosen)}>
          {label()}
        </Button>
      </div>
      {chosen.price === null ? <p className={styles.hint}>{words.product.notInCurrencyText}</p> : null}
      {refusal === undefined ? null : (
        <Notice kind="danger" urgent>
          <p>{refusal}</p>
        </Notice>
      )}
    </form>
  );

  function label(): string {
    if (state === 'out_of_stock') return words.product.out_of_stock;
    return isBusy ? words.product.adding : words.product.addToCart;
  }
}
