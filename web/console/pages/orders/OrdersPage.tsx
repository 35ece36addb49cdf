import { Link, useNavigate, useSearch } from '@tanstack/react-router';
import { X } from 'lucide-react';
import { Button } from '../../../design/Button.tsx';
import { useWords } from '../../language.tsx';
import { given, startOfDay } from '../../parts/address.ts';
import { CopyId } from '../../parts/CopyId.tsx';
import { Filters, Select } from '../../parts/controls.tsx';
import { DataTable } from '../../parts/DataTable.tsx';
import { Amount } from '../../parts/figures.tsx';
import { SearchForm, TextInput } from '../../parts/inputs.tsx';
import { Page } from '../../parts/Page.tsx';
import { Paged, usePages } from '../../parts/paging.tsx';
import { When } from '../../parts/When.tsx';
import { adminApi, answerOf } from '../../server/client.ts';
import { shellWords } from '../../shell/words.ts';
import styles from './orders.module.css';
import { ORDER_STATUSES, type OrderSearch } from './routes.ts';
import { StatusBadge } from './StatusBadge.tsx';
import { orderWords } from './words.ts';

export function OrdersPage() {
  const { pages: titles } = useWords(shellWords);
  const words = useWords(orderWords);
  const search = useSearch({ from: '/orders' });
  const navigate = useNavigate();
  const narrow = (change: { readonly [Name in keyof OrderSearch]?: OrderSearch[Name] | undefined }) =>
    void navigate({ to: '/orders', search: given({ ...search, ...change }) as OrderSearch });
  const pages = usePages(
    ['orders', search],
    (cursor) => answerOf(adminApi.GET('/v1/admin/orders', { params: { query: queryOf(search, cursor) } })),
    { refetchInterval: 10_000 },
  );

  const find = (text: string) => {
    if (text.startsWith('ord_')) void navigate({ to: '/orders/$orderId', params: { orderId: text } });
    else if (text.startsWith('shp_')) narrow({ shopper: text, seller: undefined });
    else narrow({ seller: text === '' ? undefined : text, shopper: undefined });
  };
  return (
    <Page title={titles.orders}>
      <Filters label={words.narrow}>
        <SearchForm
          label={words.search}
          placeholder={words.searchHint}
          submit={words.find}
          value={search.shopper ?? search.seller ?? ''}
          onSearch={find}
        />
        <Select
          label={words.status}
          value={search.status ?? ''}
          options={[
            { value: '', label: words.anyStatus },
            ...ORDER_STATUSES.map((value) => ({ value, label: words.statuses[value] })),
          ]}
          onChange={(status) => narrow({ status: status === '' ? undefined : status })}
        />
        <TextInput
          type="date"
          label={words.from}
          value={search.from ?? ''}
          onChange={(event) => narrow({ from: event.target.value })}
        />
        <TextInput
          type="date"
          label={words.to}
          value={search.to ?? ''}
          onChange={(event) => narrow({ to: event.target.value })}
        />
      </Filters>
      {search.shopper !== undefined || search.seller !== undefined ? (
        <p className={styles.chips}>
          <Chip
            text={search.shopper ? words.shopperIs(search.shopper) : words.sellerIs(search.seller ?? '')}
            onRemove={() => narrow({ shopper: undefined, seller: undefined })}
          />
        </p>
      ) : null}
      <Paged pages={pages}>
        {(orders) => (
          <DataTable
            caption={words.list}
            rows={orders}
            keyOf={({ orderId }) => orderId}
            empty={words.none}
            columns={[
              {
                key: 'order',
                head: words.order,
                cell: ({ orderId }) => (
                  <CopyId id={orderId}>
                    <Link to="/orders/$orderId" params={{ orderId }}>
                      {orderId}
                    </Link>
                  </CopyId>
                ),
              },
              { key: 'placed', head: words.placed, cell: ({ placedAt }) => <When at={placedAt} /> },
              { key: 'status', head: words.status, cell: ({ status }) => <StatusBadge status={status} /> },
              {
                key: 'parcels',
                head: words.parcels,
                cell: ({ parcels }) => (
                  <ul className={styles.parcels}>
                    {parcels.map(({ parcelId, sellerId, shipped, pieces }) => (
                      <li key={parcelId}>
                        {sellerId} <span>{words.shippedOf(shipped, pieces)}</span>
                      </li>
                    ))}
                  </ul>
                ),
              },
              {
                key: 'shopper',
                head: words.shopper,
                cell: ({ shopperId }) => (
                  <code translate="no">
                    <Link to="/orders" search={{ shopper: shopperId }} title={shopperId}>
                      …{shopperId.slice(-8)}
                    </Link>
                  </code>
                ),
              },
              { key: 'total', head: words.total, align: 'end', cell: ({ total }) => <Amount money={total} /> },
            ]}
          />
        )}
      </Paged>
    </Page>
  );
}

function queryOf({ from, to, ...search }: OrderSearch, cursor: string | undefined) {
  const below = to === undefined ? undefined : startOfDay(to, 1);
  return { limit: 50, ...given({ ...search, from: from === undefined ? undefined : startOfDay(from), below, cursor }) };
}

function Chip({ text, onRemove }: { readonly text: string; readonly onRemove: () => void }) {
  const words = useWords(orderWords);
  return (
    <Button size="small" onClick={onRemove} aria-label={words.remove(text)}>
      {text} <X size={14} aria-hidden="true" />
    </Button>
  );
}
