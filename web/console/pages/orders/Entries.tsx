import { Link } from '@tanstack/react-router';
import { useWords } from '../../language.tsx';
import { DataTable } from '../../parts/DataTable.tsx';
import { Amount } from '../../parts/figures.tsx';
import { When } from '../../parts/When.tsx';
import type { OrderLog } from './order-data.ts';
import { orderWords } from './words.ts';

/** What an order has posted to the ledger: a row for each transfer. */
export function Entries({ orderId, entries }: { readonly orderId: string; readonly entries: OrderLog['entries'] }) {
  const words = useWords(orderWords);
  const rows = entries.flatMap(({ transfers, ...entry }) =>
    transfers.map((transfer, index) => ({ ...entry, ...transfer, key: `${entry.version} ${index}` })),
  );
  return (
    <DataTable
      caption={words.entries}
      rows={rows}
      keyOf={({ key }) => key}
      empty={words.noEntries}
      columns={[
        { key: 'at', head: words.time, cell: ({ at }) => <When at={at} /> },
        { key: 'type', head: words.event, cell: ({ type }) => type },
        { key: 'debit', head: words.debit, cell: ({ debit }) => <AccountLink account={debit} /> },
        { key: 'credit', head: words.credit, cell: ({ credit }) => <AccountLink account={credit} /> },
        { key: 'amount', head: words.amount, align: 'end', cell: ({ amount }) => <Amount money={amount} /> },
        {
          key: 'why',
          head: words.reference,
          cell: ({ reference }) => (
            <Link to="/ledger/why/$orderId/$reference" params={{ orderId, reference }}>
              {words.whyEntry}
            </Link>
          ),
        },
      ]}
    />
  );
}

/** An account of the ledger, and the way to its history. */
export function AccountLink({ account }: { readonly account: string }) {
  return (
    <code translate="no">
      <Link to="/ledger/accounts/$account" params={{ account }}>
        {account}
      </Link>
    </code>
  );
}
