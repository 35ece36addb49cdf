import type { FormEvent } from 'react';
import { formatMoney } from '../../design/money.ts';
import { Picture } from '../../design/Picture.tsx';
import { Price } from '../../design/Price.tsx';
import { usePage } from '../page-context.tsx';
import { cartStore } from './cart-store.ts';
import { isSoldOut } from './cart-view.ts';
import type { CartLineView } from './contract.ts';
import { MinusIcon, PlusIcon } from './icons.tsx';
import styles from './lines.module.css';

interface CartLineProps {
  readonly line: CartLineView;
  readonly isGone?: boolean;
}

/** A line of the cart. Its form works by itself; with scripts nothing is loaded anew. */
export function CartLine({ line, isGone = false }: CartLineProps) {
  const { language, words, href } = usePage();
  const title = line.title ?? words.cart.goneItem(line.sku);
  const options = line.options.map(({ value }) => words.options.value(value)).join(' · ');

  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    const typed = Number(form.get('quantity'));
    const pressed = (event.nativeEvent as SubmitEvent).submitter?.getAttribute('value');
    if (pressed === 'remove') void cartStore.remove(line);
    else if (pressed === 'more') void cartStore.change(line, line.quantity + 1);
    else if (pressed === 'less') void cartStore.change(line, line.quantity - 1);
    else if (Number.isInteger(typed) && typed !== line.quantity) void cartStore.change(line, typed);
  };

  return (
    <li className={styles.line}>
      <div className={styles.picture}>
        {line.image === null ? null : <Picture src={line.image} alt="" sizes="88px" />}
      </div>
      <div className={styles.facts}>
        <p className={styles.title}>
          {line.productId === null ? title : <a href={href(`/p/${line.productId}`)}>{title}</a>}
        </p>
        {options === '' ? null : <p className={styles.soft}>{options}</p>}
        {line.unitPrice === null || line.quantity === 1 ? null : (
          <p className={styles.soft}>{words.cart.each(formatMoney(line.unitPrice, language))}</p>
        )}
        <LineNote line={line} isGone={isGone} />
      </div>
      {line.lineTotal === null ? null : (
        <p className={styles.total}>
          <Price money={line.lineTotal} language={language} />
        </p>
      )}
      <form className={styles.form} action={href('/cart/line')} method="post" onSubmit={submit}>
        <input type="hidden" name="sku" value={line.sku} />
        {isGone ? null : (
          <div className={styles.stepper}>
            {/* Enter in the field presses the first button of a form. */}
            <button type="submit" className="visually-hidden" tabIndex={-1} aria-hidden="true">
              {words.cart.set}
            </button>
            <button type="submit" name="act" value="less" aria-label={words.cart.less(title)}>
              <MinusIcon />
            </button>
            <input
              key={line.quantity}
              name="quantity"
              defaultValue={line.quantity}
              inputMode="numeric"
              pattern="[0-9]{1,5}"
              maxLength={5}
              autoComplete="off"
              aria-label={words.cart.quantityOf(title)}
              onBlur={(event) => event.currentTarget.form?.requestSubmit()}
            />
            <button type="submit" name="act" value="more" aria-label={words.cart.more(title)}>
              <PlusIcon />
            </button>
          </div>
        )}
        <button
          type="submit"
          name="act"
          value="remove"
          className={styles.remove}
          aria-label={words.cart.removeOne(title)}
        >
          {words.cart.remove}
        </button>
      </form>
    </li>
  );
}

function LineNote({ line, isGone }: Required<CartLineProps>) {
  const { language, words } = usePage();
  if (isGone) return null;
  if (isSoldOut(line)) return <p className={styles.danger}>{words.cart.soldOut}</p>;
  const { priceBefore, unitPrice } = line;
  if (priceBefore !== null && unitPrice !== null) {
    const say = unitPrice.amount > priceBefore.amount ? words.cart.priceRose : words.cart.priceFell;
    return (
      <p className={styles.warning} suppressHydrationWarning>
        {say(formatMoney(priceBefore, language), formatMoney(unitPrice, language))}
      </p>
    );
  }
  return line.availability === 'low_stock' ? <p className={styles.soft}>{words.cart.lowStock}</p> : null;
}
