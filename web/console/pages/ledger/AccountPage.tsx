import { useQuery } from '@tanstack/react-query';
import { Link, useNavigate, useParams, useSearch } from '@tanstack/react-router';
import { useWords } from '../../language.tsx';
import { given, startOfDay } from '../../parts/address.ts';
import { CopyId } from '../../parts/CopyId.tsx';
import { Filters, Select } from '../../parts/controls.tsx';
import { DataTable } from '../../parts/DataTable.tsx';
import { Amount } from '../../parts/figures.tsx';
import { TextInput } from '../../parts/inputs.tsx';
import { Page, Panel } from '../../parts/Page.tsx';
import { Paged, usePages } from '../../parts/paging.tsx';
import { Answer } from '../../parts/states.tsx';
import { When } from '../../parts/When.tsx';
import { adminApi, answerOf } from '../../server/client.ts';
import { Meaning } from './LedgerPage.tsx';
import styles from './ledger.module.css';
import type { HistorySearch } from './routes.ts';
import { ledgerWords } from './words.ts';

export function AccountPage() {
  const { account } = useParams({ from: '/ledger/accounts/$account' });
  const search = useSearch({ from: '/ledger/accounts/$account' });
  const navigate = useNavigate();
  const words = useWords(ledgerWords);
  const { from, to } = search;
  const order: 'newest' | 'oldest' = search.order ?? 'newest';
  const narrow = (change: { readonly [Name in keyof HistorySearch]?: HistorySearch[Name] | undefined }) =>
    void navigate({
      to: '/ledger/accounts/$account',
      params: { account },
      search: given({ ...search, ...change }) as HistorySearch,
    });
  const pages = usePages(['ledger', 'account', account, search], (cursor) => {
    const dayFrom = from === undefined ? undefined : startOfDay(from);
    const below = to === undefined ? undefined : startOfDay(to, 1);
    const query = { order, limit: 50, ...given({ from: dayFrom, below, cursor }) } as const;
    return answerOf(adminApi.GET('/v1/admin/ledger/accounts/{account}', { params: { path: { account }, query } }));
  });
  return (
    <Page
      title={account}
      lead={
        <span className={styles.line}>
          <Meaning account={account} />
          <Link to="/ledger">{words.back}</Link>
        </span>
      }
    >
      <Panel title={words.standing}>
        <Standing account={account} />
      </Panel>
      <Panel title={words.why}>
        <div className={styles.stack}>
          <p className={styles.soft}>{words.whyText}</p>
          <Filters label={words.narrow}>
            <TextInput
              type="date"
              label={words.from}
              value={from ?? ''}
              onChange={(event) => narrow({ from: event.target.value })}
            />
            <TextInput
              type="date"
              label={words.to}
              value={to ?? ''}
              onChange={(event) => narrow({ to: event.target.value })}
            />
            <Select
              label={words.order}
              value={order}
              options={(['newest', 'oldest'] as const).map((value) => ({ value, label: words.orders[value] }))}
              onChange={(value) => narrow({ order: value === 'oldest' ? value : undefined })}
            />
          </Filters>
          <Paged pages={pages}>{(rows) => <History rows={rows} />}</Paged>
        </div>
      </Panel>
    </Page>
  );
}

function Standing({ account }: { readonly account: string }) {
  const words = useWords(ledgerWords);
  const query = useQuery({
    queryKey: ['ledger', 'trial-balance', undefined],
    queryFn: () => answerOf(adminApi.GET('/v1/admin/ledger/trial-balance', { params: { query: {} } })),
    refetchInterval: 10_000,
  });
  return (
    <Answer query={query}>
      {({ currencies }) => (
        <div className={styles.balances}>
          {currencies.flatMap(({ currency, accounts }) =>
            accounts
              .filter((each) => each.account === account)
              .map(({ balance, debits, credits }) => (
                <div key={currency}>
                  <Amount money={{ amount: balance, currency }} />
                  <p>
                    {words.debits} <Amount money={{ amount: debits, currency }} />
                    <br />
                    {words.credits} <Amount money={{ amount: credits, currency }} />
                  </p>
                </div>
              )),
          )}
        </div>
      )}
    </Answer>
  );
}

interface Row {
  readonly at: number;
  readonly debit: { readonly amount: number; readonly currency: string };
  readonly credit: { readonly amount: number; readonly currency: string };
  readonly balance: { readonly amount: number; readonly currency: string };
  readonly cause: { readonly type: string; readonly orderId: string; readonly reference: string };
}

function History({ rows }: { readonly rows: readonly Row[] }) {
  const words = useWords(ledgerWords);
  const causes: Readonly<Record<string, string>> = words.causes;
  const shown = (money: Row['debit']) => (money.amount === 0 ? '' : <Amount money={money} />);
  return (
    <DataTable
      caption={words.history}
      rows={rows}
      keyOf={({ cause, at }) => `${at} ${cause.orderId} ${cause.reference}`}
      empty={words.none}
      columns={[
        { key: 'at', head: words.time, cell: ({ at }) => <When at={at} /> },
        { key: 'cause', head: words.cause, cell: ({ cause }) => causes[cause.type] ?? cause.type },
        {
          key: 'order',
          head: words.theOrder,
          cell: ({ cause: { orderId } }) => (
            <CopyId id={orderId}>
              <Link to="/orders/$orderId" params={{ orderId }}>
                {orderId}
              </Link>
            </CopyId>
          ),
        },
        {
          key: 'why',
          head: words.reference,
          cell: ({ cause: { orderId, reference } }) => (
            <Link to="/ledger/why/$orderId/$reference" params={{ orderId, reference }} title={reference}>
              {words.because}
            </Link>
          ),
        },
        { key: 'debit', head: words.debit, align: 'end', cell: ({ debit }) => shown(debit) },
        { key: 'credit', head: words.credit, align: 'end', cell: ({ credit }) => shown(credit) },
        {
          key: 'balance',
          head: words.balance,
          align: 'end',
          cell: ({ balance }) => (
            <strong>
              <Amount money={balance} />
            </strong>
          ),
        },
      ]}
    />
  );
}
