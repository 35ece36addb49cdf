import { ButtonLink } from '../../../design/Button.tsx';
import { EmptyState } from '../../../design/EmptyState.tsx';
import { Notice } from '../../../design/Notice.tsx';
import { Totals } from '../../cart/Totals.tsx';
import { LocalTime } from '../../LocalTime.tsx';
import { shortNumber } from '../../order-number.ts';
import { usePage } from '../../page-context.tsx';
import type { Words } from '../../words/words.ts';
import { Contact } from './Contact.tsx';
import styles from './order.module.css';
import { Parcel } from './Parcel.tsx';
import { Progress } from './Progress.tsx';
import { useLiveOrder } from './use-live-order.ts';
import type { KnownOrder, OrderView } from './view.ts';

/** An order from placed to delivered; it changes while one looks at it. */
export function OrderBody({ view }: { readonly view: OrderView }) {
  const { words, href } = usePage();
  const { order, connection } = useLiveOrder(view.order);
  if (order === null)
    return (
      <EmptyState
        level={1}
        title={words.orders.hiddenTitle}
        action={
          <>
            <ButtonLink href={href('/orders')}>{words.orders.all}</ButtonLink>
            <ButtonLink href={href('/')}>{words.orders.shopOn}</ButtonLink>
          </>
        }
      >
        <p>{words.orders.hiddenText}</p>
      </EmptyState>
    );
  const isCancelled = order.status === 'cancelled';
  return (
    <div className={styles.page}>
      <header className={styles.head}>
        <p className={styles.soft}>
          {words.orders.order(shortNumber(order.orderId))} · <LocalTime at={order.placedAt} />
        </p>
        <h1>{isCancelled ? words.orders.statuses.cancelled : words.orders.thanks}</h1>
        <p className={styles.status} role="status">
          <strong>{words.orders.statuses[order.status]}</strong>
          {isCancelled ? reasonText(order, words) : words.orders.statusTexts[order.status]}
        </p>
        {order.cancelRequested && !isCancelled ? <Notice>{words.orders.cancelRequested}</Notice> : null}
      </header>
      <div className={styles.columns}>
        <div className={styles.main}>
          <Progress order={order} />
          {order.isFinal ? null : (
            <p className={styles.soft} role="status">
              {connection === 'lost' ? words.orders.reconnecting : connection === 'live' ? words.orders.live : null}
            </p>
          )}
          {order.isFinal ? null : (
            <noscript>
              <p>{words.orders.noScript}</p>
            </noscript>
          )}
          {order.parcels.map((parcel, index) => (
            <Parcel key={parcel.parcelId} parcel={parcel} index={index + 1} />
          ))}
        </div>
        <aside className={styles.aside}>
          <section aria-labelledby="order-amounts">
            <h2 id="order-amounts">{words.orders.amounts}</h2>
            <Totals totals={order.totals} isTaxed />
          </section>
          <Contact contact={order.contact} />
          <section>
            <h2>{words.orders.number}</h2>
            <p className={styles.number}>{order.orderId}</p>
          </section>
        </aside>
      </div>
      <div className={styles.ways}>
        {isCancelled ? (
          <ButtonLink kind="primary" href={href('/cart')}>
            {words.orders.backToCart}
          </ButtonLink>
        ) : null}
        <ButtonLink href={href('/orders')}>{words.orders.all}</ButtonLink>
        <ButtonLink href={href('/')}>{words.orders.shopOn}</ButtonLink>
      </div>
    </div>
  );
}

function reasonText({ reason }: KnownOrder, { orders: { reasons, statusTexts } }: Words): string {
  if (reason === null) return statusTexts.cancelled;
  return (reasons as Readonly<Record<string, string>>)[reason] ?? reasons.other;
}
