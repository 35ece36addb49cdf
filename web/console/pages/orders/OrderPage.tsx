import { useQuery } from '@tanstack/react-query';
import { Link, useParams } from '@tanstack/react-router';
import { useState } from 'react';
import { Notice } from '../../../design/Notice.tsx';
import { useWords } from '../../language.tsx';
import { CopyId } from '../../parts/CopyId.tsx';
import { Facts } from '../../parts/Details.tsx';
import { Page, Panel } from '../../parts/Page.tsx';
import { Answer } from '../../parts/states.tsx';
import { When } from '../../parts/When.tsx';
import { CaseTable } from '../hospital/CaseTable.tsx';
import { CancelDialog, RefundDialog } from './acts.tsx';
import { Entries } from './Entries.tsx';
import { orderLogQuery, orderQuery, type ShownOrder } from './order-data.ts';
import styles from './orders.module.css';
import { Parcel } from './Parcel.tsx';
import { StatusBadge } from './StatusBadge.tsx';
import { Timeline } from './Timeline.tsx';
import { Totals } from './Totals.tsx';
import { useCasesAbout } from './use-cases-about.ts';
import { orderWords } from './words.ts';

export function OrderPage() {
  const { orderId } = useParams({ from: '/orders/$orderId' });
  const words = useWords(orderWords);
  const order = useQuery(orderQuery(orderId));
  const log = useQuery({ ...orderLogQuery(orderId), enabled: order.data !== undefined });
  const cases = useCasesAbout(orderId);
  const [done, setDone] = useState<string>();

  return (
    <Page
      title={words.title}
      lead={
        <span className={styles.id}>
          <CopyId id={orderId} />
          {order.data === undefined ? null : <StatusBadge status={order.data.status} />}
          <Link to="/orders">{words.back}</Link>
        </span>
      }
      actions={
        order.data === undefined ? undefined : (
          <>
            <RefundDialog order={order.data} onDone={setDone} />
            <CancelDialog order={order.data} onDone={setDone} />
          </>
        )
      }
    >
      {done === undefined ? null : <Notice kind="success">{done}</Notice>}
      <Answer query={order}>
        {(shown) => (
          <>
            {shown.cancelRequested ? <Notice kind="warning">{words.cancelWish}</Notice> : null}
            <Summary order={shown} shopperId={log.data?.shopperId} />
            {shown.parcels.map((parcel) => (
              <Parcel key={parcel.parcelId} parcel={parcel} />
            ))}
            {cases.length === 0 ? null : (
              <Panel title={words.cases}>
                <CaseTable cases={cases} />
              </Panel>
            )}
            <Answer query={log}>
              {(told) => (
                <>
                  <Panel title={words.entries}>
                    <Entries orderId={orderId} entries={told.entries} />
                  </Panel>
                  <Panel title={words.timeline}>
                    <Timeline log={told} placedAt={shown.placedAt} />
                  </Panel>
                </>
              )}
            </Answer>
          </>
        )}
      </Answer>
    </Page>
  );
}

function Summary({ order, shopperId }: { readonly order: ShownOrder; readonly shopperId: string | undefined }) {
  const words = useWords(orderWords);
  const { contact, reason } = order;
  return (
    <Panel title={words.facts}>
      <Facts
        facts={[
          { name: words.placed, value: <When at={order.placedAt} /> },
          {
            name: words.confirmed,
            value: order.confirmedAt === undefined ? undefined : <When at={order.confirmedAt} />,
          },
          {
            name: words.cancelledAt,
            value: order.cancelledAt === undefined ? undefined : <When at={order.cancelledAt} />,
          },
          { name: words.why, value: reason === undefined ? undefined : `${reason.detail} (${reason.code})` },
          {
            name: words.contact,
            value: contact === null ? words.erased : `${contact.name}, ${contact.email}, ${contact.city}`,
          },
          { name: words.country, value: order.country },
          {
            name: words.shopper,
            value:
              shopperId === undefined ? undefined : (
                <CopyId id={shopperId}>
                  <Link to="/orders" search={{ shopper: shopperId }}>
                    {shopperId}
                  </Link>
                </CopyId>
              ),
          },
          { name: words.cart, value: <CopyId id={order.cartId} /> },
        ]}
      />
      <Totals totals={order.totals} />
    </Panel>
  );
}
