import { Button } from '../../../design/Button.tsx';
import { formatMoney } from '../../../design/money.ts';
import { Notice } from '../../../design/Notice.tsx';
import { Picture } from '../../../design/Picture.tsx';
import { Price } from '../../../design/Price.tsx';
import { isSoldOut } from '../../cart/cart-view.ts';
import type { CartLineView } from '../../cart/contract.ts';
import { Totals } from '../../cart/Totals.tsx';
import { usePage } from '../../page-context.tsx';
import { Refusal } from './Refusal.tsx';
import styles from './summary.module.css';
import type { Checkout } from './use-checkout.ts';

/** What is bought, and what it comes to with the taxes of where it goes. */
export function OrderSummary({ checkout }: { readonly checkout: Checkout }) {
  const { words, href } = usePage();
  const { view, aside, isUnderWay } = checkout;
  const { cart } = view;
  return (
    <section className={styles.summary} aria-labelledby="checkout-summary">
      <div className={styles.head}>
        <h2 id="checkout-summary">{words.checkout.summary}</h2>
        {isUnderWay ? null : <a href={href('/cart')}>{words.checkout.edit}</a>}
      </div>
      <Refusal checkout={checkout} place="total" />
      {aside === 'otherTab' || aside === 'stale' ? (
        <Notice kind={aside === 'stale' ? 'warning' : 'info'}>{words.checkout[aside]}</Notice>
      ) : null}
      {cart.parcels.map((parcel) => (
        <div key={parcel.sellerId} className={styles.parcel}>
          <h3>{parcel.seller === null ? words.cart.fromSeller : words.cart.from(parcel.seller)}</h3>
          <ul className={styles.lines}>
            {parcel.lines.map((line) => (
              <SummaryLine key={line.sku} line={line} checkout={checkout} />
            ))}
          </ul>
        </div>
      ))}
      {cart.totals === null ? null : (
        <div aria-live="polite" aria-busy={aside === 'updating' || undefined}>
          <Totals totals={cart.totals} isTaxed />
        </div>
      )}
    </section>
  );
}

function SummaryLine({ line, checkout }: { readonly line: CartLineView; readonly checkout: Checkout }) {
  const { language, words } = usePage();
  const title = line.title ?? words.cart.goneItem(line.sku);
  const options = line.options.map(({ value }) => words.options.value(value)).join(' · ');
  const isMissing = checkout.problem?.sku === line.sku || isSoldOut(line);
  const { priceBefore, unitPrice } = line;
  return (
    <li className={styles.line}>
      <div className={styles.picture}>
        {line.image === null ? null : <Picture src={line.image} alt="" sizes="56px" />}
      </div>
      <div>
        <p className={styles.title}>
          {title} <span className={styles.quantity}>× {line.quantity}</span>
        </p>
        {options === '' ? null : <p className={styles.soft}>{options}</p>}
        {priceBefore !== null && unitPrice !== null ? (
          <p className={styles.warning} suppressHydrationWarning>
            {(unitPrice.amount > priceBefore.amount ? words.cart.priceRose : words.cart.priceFell)(
              formatMoney(priceBefore, language),
              formatMoney(unitPrice, language),
            )}
          </p>
        ) : null}
        {isMissing ? <Missing line={line} title={title} checkout={checkout} /> : null}
      </div>
      {line.lineTotal === null ? null : <Price money={line.lineTotal} language={language} />}
    </li>
  );
}

interface MissingProps {
  readonly line: CartLineView;
  readonly title: string;
  readonly checkout: Checkout;
}

/** A line that there is not enough of, and the ways out. */
function Missing({ line, title, checkout }: MissingProps) {
  const { words } = usePage();
  const { problem } = checkout;
  const left = problem?.sku === line.sku ? (problem.available ?? 0) : 0;
  return (
    <>
      <p className={styles.danger}>{left > 0 ? words.checkout.onlyLeft(left) : words.checkout.soldOutLine}</p>
      <div className={styles.ways}>
        {left > 0 ? (
          <Button size="small" onClick={() => void checkout.take(line.sku, left)}>
            {words.checkout.take(left)}
          </Button>
        ) : null}
        <Button size="small" onClick={() => void checkout.take(line.sku, 0)} aria-label={words.cart.removeOne(title)}>
          {words.cart.remove}
        </Button>
      </div>
    </>
  );
}
