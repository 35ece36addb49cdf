import { Price } from '../../design/Price.tsx';
import { usePage } from '../page-context.tsx';
import { CartLine } from './CartLine.tsx';
import type { CartParcelView, CartView } from './contract.ts';
import styles from './lines.module.css';

interface CartLinesProps {
  readonly view: CartView;
  /** Of the parcels' headings. */
  readonly level: 2 | 3;
}

/** What is in a cart, a parcel for each seller, and apart from them what is no longer sold. */
export function CartLines({ view, level }: CartLinesProps) {
  const { words } = usePage();
  const Heading = level === 2 ? 'h2' : 'h3';
  return (
    <div className={styles.parcels}>
      {view.gone.length === 0 ? null : (
        <section className={styles.parcel} aria-label={words.cart.gone}>
          <Heading className={styles.seller}>{words.cart.gone}</Heading>
          <p className={styles.danger}>{words.cart.goneText}</p>
          <ul className={styles.lines}>
            {view.gone.map((line) => (
              <CartLine key={line.sku} line={line} isGone />
            ))}
          </ul>
        </section>
      )}
      {view.parcels.map((parcel, index) => (
        <ParcelLines
          key={parcel.sellerId}
          level={level}
          parcel={parcel}
          index={index + 1}
          count={view.parcels.length}
        />
      ))}
    </div>
  );
}

interface ParcelLinesProps {
  readonly parcel: CartParcelView;
  readonly level: 2 | 3;
  readonly index: number;
  readonly count: number;
}

function ParcelLines({ parcel, level, index, count }: ParcelLinesProps) {
  const { language, words } = usePage();
  const from = parcel.seller === null ? words.cart.fromSeller : words.cart.from(parcel.seller);
  const shipping = parcel.totals?.shipping;
  const Heading = level === 2 ? 'h2' : 'h3';
  return (
    <section className={styles.parcel} aria-label={from}>
      <Heading className={styles.seller}>
        {from}
        {count === 1 ? null : <span className={styles.soft}> {words.cart.parcelOf(index, count)}</span>}
      </Heading>
      <ul className={styles.lines}>
        {parcel.lines.map((line) => (
          <CartLine key={line.sku} line={line} />
        ))}
      </ul>
      {shipping === undefined || count === 1 ? null : (
        <p className={styles.shipping}>
          <span>{words.cart.shippingOfParcel}</span>
          {shipping.amount === 0 ? words.cart.free : <Price money={shipping} language={language} />}
        </p>
      )}
    </section>
  );
}
