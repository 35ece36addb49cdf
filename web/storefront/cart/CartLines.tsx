import { Price } from '../../design/Price.tsx';
import { usePage } from '../page-context.tsx';
import { CartLine } from './CartLine.tsx';
import type { CartParcelView, CartView } from './contract.ts';
import styles from './lines.module.css';

/** What is in a cart, a parcel for each seller, and apart from them what is no longer sold. */
export function CartLines({ view }: { readonly view: CartView }) {
  const { words } = usePage();
  return (
    <div className={styles.parcels}>
      {view.gone.length === 0 ? null : (
        <section className={styles.parcel} aria-label={words.cart.gone}>
          <h3 className={styles.seller}>{words.cart.gone}</h3>
          <p className={styles.danger}>{words.cart.goneText}</p>
          <ul className={styles.lines}>
            {view.gone.map((line) => (
              <CartLine key={line.sku} line={line} isGone />
            ))}
          </ul>
        </section>
      )}
      {view.parcels.map((parcel, index) => (
        <ParcelLines key={parcel.sellerId} parcel={parcel} index={index + 1} count={view.parcels.length} />
      ))}
    </div>
  );
}

interface ParcelLinesProps {
  readonly parcel: CartParcelView;
  readonly index: number;
  readonly count: number;
}

function ParcelLines({ parcel, index, count }: ParcelLinesProps) {
  const { language, words } = usePage();
  const from = parcel.seller === null ? words.cart.fromSeller : words.cart.from(parcel.seller);
  const shipping = parcel.totals?.shipping;
  return (
    <section className={styles.parcel} aria-label={from}>
      <h3 className={styles.seller}>
        {from}
        {count === 1 ? null : <span className={styles.soft}> {words.cart.parcelOf(index, count)}</span>}
      </h3>
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
