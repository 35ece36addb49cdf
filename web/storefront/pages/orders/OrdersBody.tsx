import { ButtonLink } from '../../../design/Button.tsx';
import { EmptyState } from '../../../design/EmptyState.tsx';
import { Notice } from '../../../design/Notice.tsx';
import { Picture } from '../../../design/Picture.tsx';
import { Price } from '../../../design/Price.tsx';
import { LocalTime } from '../../LocalTime.tsx';
import { shortNumber } from '../../order-number.ts';
import { usePage } from '../../page-context.tsx';
import styles from './orders.module.css';
import type { OrderItem, OrdersView } from './view.ts';

/** What this browser has bought, newest first. */
export function OrdersBody({ view }: { readonly view: OrdersView }) {
  const { words, href } = usePage();
  return (
    <div className={styles.page}>
      <h1>{words.orders.title}</h1>
      {view.isLost ? <Notice kind="warning">{words.orders.lostText}</Notice> : null}
      {view.orders.length === 0 ? (
        <EmptyState
          title={words.orders.emptyTitle}
          action={
            <ButtonLink kind="primary" href={href('/')}>
              {words.cart.browse}
            </ButtonLink>
          }
        >
          <p>{words.orders.emptyText}</p>
        </EmptyState>
      ) : (
        <ul className={styles.orders}>
          {view.orders.map((order) => (
            <Item key={order.orderId} order={order} />
          ))}
        </ul>
      )}
      {view.isFirst && view.nextCursor === null ? null : (
        <nav className={styles.paging} aria-label={words.orders.paging}>
          {view.isFirst ? null : <ButtonLink href={href('/orders')}>{words.orders.newest}</ButtonLink>}
          {view.nextCursor === null ? null : (
            <ButtonLink href={href(`/orders?cursor=${encodeURIComponent(view.nextCursor)}`)}>
              {words.orders.older}
            </ButtonLink>
          )}
        </nav>
      )}
    </div>
  );
}

function Item({ order }: { readonly order: OrderItem }) {
  const { language, words, href } = usePage();
  const [title] = order.titles;
  const number = shortNumber(order.orderId);
  return (
    <li className={styles.order}>
      <div className={styles.pictures}>
        {order.images.map((image) => (
          <div key={image} className={styles.picture}>
            <Picture src={image} alt="" sizes="64px" />
          </div>
        ))}
      </div>
      <div className={styles.facts}>
        <h2>
          <a className={styles.link} href={href(`/orders/${order.orderId}`)}>
            {title === undefined ? words.orders.order(number) : words.orders.andMore(title, order.titles.length - 1)}
          </a>
        </h2>
        <p className={styles.soft}>
          <LocalTime at={order.placedAt} /> · {words.orders.pieces(order.pieces)}
        </p>
      </div>
      <p className={styles.status} data-status={order.status}>
        {words.orders.statuses[order.status]}
      </p>
      <Price money={order.total} language={language} className={styles.total} />
    </li>
  );
}
