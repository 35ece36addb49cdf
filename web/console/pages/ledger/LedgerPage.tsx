import { useQuery } from '@tanstack/react-query';
import { Link, useNavigate, useSearch } from '@tanstack/react-router';
import { EmptyState } from '../../../design/EmptyState.tsx';
import { formatMoney } from '../../../design/money.ts';
import { Notice } from '../../../design/Notice.tsx';
import { useLanguage, useWords } from '../../language.tsx';
import { given, startOfDay } from '../../parts/address.ts';
import { Filters } from '../../parts/controls.tsx';
import { DataTable } from '../../parts/DataTable.tsx';
import { Amount } from '../../parts/figures.tsx';
import { TextInput } from '../../parts/inputs.tsx';
import { Page, Panel } from '../../parts/Page.tsx';
import { Answer } from '../../parts/states.tsx';
import { adminApi, answerOf } from '../../server/client.ts';
import { shellWords } from '../../shell/words.ts';
import styles from './ledger.module.css';
import { LedgerSections } from './Sections.tsx';
import { ledgerWords } from './words.ts';

export function LedgerPage() {
  const { pages } = useWords(shellWords);
  const words = useWords(ledgerWords);
  const { at } = useSearch({ from: '/ledger' });
  const navigate = useNavigate();
  const below = at === undefined ? undefined : startOfDay(at, 1);
  const query = useQuery({
    queryKey: ['ledger', 'trial-balance', at],
    queryFn: () =>
      answerOf(
        adminApi.GET('/v1/admin/ledger/trial-balance', {
          params: { query: below === undefined ? {} : { at: below - 1 } },
        }),
      ),
    refetchInterval: 10_000,
  });
  return (
    <Page title={pages.ledger} lead={words.lead}>
      <LedgerSections />
      <Filters label={words.narrow}>
        <TextInput
          type="date"
          label={words.at}
          value={at ?? ''}
          onChange={(event) => void navigate({ to: '/ledger', search: given({ at: event.target.value }) })}
        />
      </Filters>
      <Answer query={query}>
        {({ currencies }) =>
          currencies.length === 0 ? (
            <EmptyState title={words.accounts}>{words.empty}</EmptyState>
          ) : (
            <>
              {currencies.map((each) => (
                <TrialBalance key={each.currency} {...each} />
              ))}
              <p className={styles.soft}>{words.signs}</p>
            </>
          )
        }
      </Answer>
    </Page>
  );
}

interface TrialBalanceProps {
  readonly currency: string;
  readonly debits: number;
  readonly credits: number;
  readonly balanced: boolean;
  readonly accounts: readonly {
    readonly account: string;
    readonly debits: number;
    readonly credits: number;
    readonly balance: number;
  }[];
}

function TrialBalance({ currency, debits, credits, balanced, accounts }: TrialBalanceProps) {
  const words = useWords(ledgerWords);
  const { language } = useLanguage();
  const money = (amount: number) => ({ amount, currency });
  const sum = { account: '', debits, credits, balance: debits - credits };
  const notZero = words.notZero(formatMoney(money(debits - credits), language));
  return (
    <Panel title={words.trial(currency)}>
      <div className={styles.stack}>
        <Notice kind={balanced ? 'success' : 'danger'}>{balanced ? words.zero : notZero}</Notice>
        <DataTable
          caption={words.trial(currency)}
          rows={[...accounts, sum]}
          keyOf={({ account }) => account}
          columns={[
            {
              key: 'account',
              head: words.account,
              cell: ({ account }) =>
                account === '' ? <strong>{words.sum}</strong> : <AccountName account={account} />,
            },
            { key: 'debits', head: words.debits, align: 'end', cell: (row) => <Amount money={money(row.debits)} /> },
            { key: 'credits', head: words.credits, align: 'end', cell: (row) => <Amount money={money(row.credits)} /> },
            {
              key: 'balance',
              head: words.balance,
              align: 'end',
              cell: ({ balance }) => (
                <strong>
                  <Amount money={money(balance)} />
                </strong>
              ),
            },
          ]}
        />
      </div>
    </Panel>
  );
}

function AccountName({ account }: { readonly account: string }) {
  return (
    <span className={styles.account}>
      <code translate="no">
        <Link to="/ledger/accounts/$account" params={{ account }}>
          {account}
        </Link>
      </code>
      <Meaning account={account} />
    </span>
  );
}

/** What an account holds, in words. */
export function Meaning({ account }: { readonly account: string }) {
  const meanings: Readonly<Record<string, string>> = useWords(ledgerWords).meanings;
  return <span className={styles.soft}>{meanings[account.split(':')[0] ?? '']}</span>;
}
