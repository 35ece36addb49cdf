import { formatMoney } from '../../../design/money.ts';
import { Picture } from '../../../design/Picture.tsx';
import { Price } from '../../../design/Price.tsx';
import { LocalTime } from '../../LocalTime.tsx';
import { usePage } from '../../page-context.tsx';
import styles from './order.module.css';
import type { OrderParcel } from './view.ts';

/** A parcel of an order: what is in it, and where it is. */
export function Parcel({ parcel, index }: { readonly parcel: OrderParcel; readonly index: number }) {
  const { language, words, href } = usePage();
  const at = parcel.deliveredAt ?? parcel.shippedAt;
  return (
    <section className={styles.parcel} aria-labelledby={`parcel-${index}`}>
      <div className={styles.parcelHead}>
        <h2 id={`parcel-${index}`}>
          {words.orders.parcel(index)}
          {parcel.seller === null ? null : <span className={styles.seller}> {words.orders.from(parcel.seller)}</span>}
        </h2>
        <p className={styles.state} data-state={parcel.state}>
          {words.orders.parcelStates[parcel.state]}
          {at === null ? null : (
            <>
              {' '}
              <LocalTime at={at} className={styles.soft ?? ''} />
            </>
          )}
        </p>
      </div>
      <ul className={styles.lines}>
        {parcel.lines.map((line) => (
          <li key={line.sku} className={styles.line}>
            <div className={styles.picture}>
              {line.image === null ? null : <Picture src={line.image} alt="" sizes="64px" />}
            </div>
            <p className={styles.title}>
              <a href={href(`/p/${line.productId}`)}>{line.title}</a>
              <span className={styles.soft}>
                {words.orders.quantity(line.quantity)} {formatMoney(line.unitPrice, language)}
              </span>
            </p>
            <Price money={line.lineTotal} language={language} />
          </li>
        ))}
      </ul>
      {parcel.refunded === null ? null : (
        <p className={styles.refunded} suppressHydrationWarning>
          {words.orders.refunded(formatMoney(parcel.refunded, language))}
        </p>
      )}
    </section>
  );
}
