import { Link } from '@tanstack/react-router';
import { useLanguage, useWords } from '../../language.tsx';
import { Badge } from '../../parts/Badge.tsx';
import { CopyId } from '../../parts/CopyId.tsx';
import { DataTable } from '../../parts/DataTable.tsx';
import { Amount } from '../../parts/figures.tsx';
import { Panel } from '../../parts/Page.tsx';
import { When } from '../../parts/When.tsx';
import type { ShownOrder } from './order-data.ts';
import styles from './orders.module.css';
import { Totals } from './Totals.tsx';
import { orderWords } from './words.ts';

type ShownParcel = ShownOrder['parcels'][number];

/** One seller's part of an order: its lines and how far they are, what was shipped and what was paid back. */
export function Parcel({ parcel }: { readonly parcel: ShownParcel }) {
  const words = useWords(orderWords);
  const { language } = useLanguage();
  const { lines, sellerId, totals } = parcel;
  return (
    <Panel title={words.parcel(sellerId)} actions={<CopyId id={parcel.parcelId} />}>
      <div className={styles.stack}>
        <DataTable
          caption={words.parcel(sellerId)}
          rows={lines}
          keyOf={({ sku }) => sku}
          columns={[
            { key: 'sku', head: words.sku, cell: ({ sku }) => <CopyId id={sku} /> },
            {
              key: 'product',
              head: words.product,
              cell: ({ productId, title }) => (
                <Link to="/products/$productId" params={{ productId }}>
                  {title[language] ?? title.en ?? title.ko ?? productId}
                </Link>
              ),
            },
            { key: 'ordered', head: words.ordered, align: 'end', cell: ({ quantity }) => quantity },
            { key: 'shipped', head: words.shipped, align: 'end', cell: ({ shipped }) => shipped },
            { key: 'cancelled', head: words.cancelled, align: 'end', cell: ({ cancelled }) => cancelled },
            { key: 'refunded', head: words.refunded, align: 'end', cell: ({ refunded }) => refunded },
            {
              key: 'price',
              head: words.unitPrice,
              align: 'end',
              cell: ({ unitPrice }) => <Amount money={unitPrice} />,
            },
            { key: 'sum', head: words.lineTotal, align: 'end', cell: ({ lineTotal }) => <Amount money={lineTotal} /> },
          ]}
        />
        <Movements parcel={parcel} />
      </div>
      <Totals totals={totals} />
    </Panel>
  );
}

function Movements({ parcel: { sellerId, shipments, refunds } }: { readonly parcel: ShownParcel }) {
  const words = useWords(orderWords);
  const rows = [
    ...shipments.map(({ shipmentId, shippedAt, deliveredAt, amount, lines }) => ({
      ...{ id: shipmentId, at: shippedAt, amount, lines, what: words.shipment },
      standing:
        deliveredAt === undefined ? <Badge>{words.onItsWay}</Badge> : <Badge tone="good">{words.deliveredAt}</Badge>,
    })),
    ...refunds.map(({ refundId, requestedAt, amount, lines }) => ({
      ...{ id: refundId, at: requestedAt, amount, lines, what: words.refund, standing: null },
    })),
  ];
  if (rows.length === 0) return null;
  return (
    <DataTable
      caption={`${words.shipments}: ${sellerId}`}
      rows={rows}
      keyOf={({ id }) => id}
      columns={[
        { key: 'id', head: words.reference, cell: ({ id }) => <CopyId id={id} /> },
        {
          key: 'what',
          head: words.event,
          cell: ({ what, standing }) => (
            <span className={styles.what}>
              {what} {standing}
            </span>
          ),
        },
        { key: 'at', head: words.time, cell: ({ at }) => <When at={at} /> },
        {
          key: 'pieces',
          head: words.pieces,
          cell: ({ lines }) => lines.map(({ sku, quantity }) => `${quantity} × ${sku}`).join(', '),
        },
        { key: 'amount', head: words.amount, align: 'end', cell: ({ amount }) => <Amount money={amount} /> },
      ]}
    />
  );
}
