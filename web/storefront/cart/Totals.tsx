import { formatMoney, type Money } from '../../design/money.ts';
import { Price } from '../../design/Price.tsx';
import { usePage } from '../page-context.tsx';
import { taxesOf } from './cart-view.ts';
import type { TotalsView } from './contract.ts';
import styles from './totals.module.css';

interface TotalsProps {
  readonly totals: TotalsView;
  /** The tax of the country that the order goes to is known. */
  readonly isTaxed: boolean;
  /** Only what it all comes to. */
  readonly isBrief?: boolean;
}

/** What goods, shipping and tax come to. */
export function Totals({ totals, isTaxed, isBrief = false }: TotalsProps) {
  const { language, words } = usePage();
  const { added, included } = taxesOf(totals);
  return (
    <dl className={styles.totals}>
      {isBrief ? null : <Row name={words.cart.items} money={totals.lines} />}
      {isBrief ? null : <Row name={words.cart.shipping} money={totals.shipping} free={words.cart.free} />}
      {totals.discount.amount === 0 ? null : (
        <Row name={words.cart.discount} money={{ ...totals.discount, amount: -totals.discount.amount }} />
      )}
      {isTaxed && added.amount > 0 ? <Row name={words.cart.tax} money={added} /> : null}
      <div className={isBrief ? styles.brief : styles.total}>
        <dt>{words.cart.total}</dt>
        <dd>
          <Price money={totals.total} language={language} />
          {isTaxed && included.amount > 0 ? (
            <span className={styles.note} suppressHydrationWarning>
              {words.cart.taxIncluded(formatMoney(included, language))}
            </span>
          ) : null}
          {isTaxed ? null : (
            <span className={styles.note}>{isBrief ? words.cart.withShipping : words.cart.taxLater}</span>
          )}
        </dd>
      </div>
    </dl>
  );
}

function Row({ name, money, free }: { readonly name: string; readonly money: Money; readonly free?: string }) {
  const { language } = usePage();
  return (
    <div className={styles.row}>
      <dt>{name}</dt>
      <dd>{free !== undefined && money.amount === 0 ? free : <Price money={money} language={language} />}</dd>
    </div>
  );
}
