import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { Button } from '../../../design/Button.tsx';
import { useWords } from '../../language.tsx';
import { Badge, type Tone } from '../../parts/Badge.tsx';
import { DataTable } from '../../parts/DataTable.tsx';
import { TextInput } from '../../parts/inputs.tsx';
import { Page, Panel } from '../../parts/Page.tsx';
import { Answer, ProblemNotice } from '../../parts/states.tsx';
import { When } from '../../parts/When.tsx';
import { adminApi, answerOf } from '../../server/client.ts';
import { shellWords } from '../../shell/words.ts';
import styles from './ledger.module.css';
import { LedgerSections } from './Sections.tsx';
import { ledgerWords } from './words.ts';

const TONES: Readonly<Record<string, Tone>> = { done: 'good', running: 'warning', refused: 'danger', failed: 'danger' };
const DAY_MS = 86_400_000;
const dayOf = (time: number) => new Date(time).toISOString().slice(0, 10);

export function ReconciliationPage() {
  const { pages } = useWords(shellWords);
  const words = useWords(ledgerWords);
  const query = useQuery({
    queryKey: ['ledger', 'reconciliation'],
    queryFn: () => answerOf(adminApi.GET('/v1/admin/reconciliation')),
    refetchInterval: 3_000,
  });
  const kinds: Readonly<Record<string, string>> = words.kinds;
  return (
    <Page title={`${pages.ledger}: ${words.reconciliation}`} lead={words.reconLead}>
      <LedgerSections />
      <Panel title={words.compare}>
        <Compare />
      </Panel>
      <Answer query={query}>
        {({ runs, days, differences }) => (
          <>
            <Panel title={words.open}>
              <DataTable
                caption={words.open}
                rows={differences}
                keyOf={({ caseId }) => caseId}
                empty={words.openNone}
                toneOf={() => 'danger'}
                columns={[
                  {
                    key: 'kind',
                    head: words.kind,
                    cell: ({ caseId, kind }) => (
                      <Link to="/hospital/$caseId" params={{ caseId }}>
                        {kinds[kind] ?? kind}
                      </Link>
                    ),
                  },
                  { key: 'day', head: words.day, cell: ({ day }) => day },
                  { key: 'detail', head: words.detail, cell: ({ detail }) => detail },
                  { key: 'found', head: words.found, cell: ({ foundAt }) => <When at={foundAt} /> },
                ]}
              />
            </Panel>
            <Panel title={words.runs}>
              <DataTable
                caption={words.runs}
                rows={runs}
                keyOf={({ runId }) => runId}
                empty={words.runsNone}
                columns={[
                  { key: 'days', head: words.period, cell: ({ from, to }) => (from === to ? from : `${from} – ${to}`) },
                  {
                    key: 'status',
                    head: words.status,
                    cell: ({ status, trouble, summary }) => (
                      <span className={styles.account}>
                        <Standing status={status} />
                        {trouble ?? summary?.refused}
                      </span>
                    ),
                  },
                  { key: 'lines', head: words.lines, align: 'end', cell: ({ lines }) => lines },
                  { key: 'movements', head: words.movements, align: 'end', cell: ({ movements }) => movements },
                  {
                    key: 'differences',
                    head: words.differences,
                    align: 'end',
                    cell: ({ summary }) => summary?.differences ?? '',
                  },
                ]}
              />
            </Panel>
            <Panel title={words.days}>
              <DataTable
                caption={words.days}
                rows={days}
                keyOf={({ day }) => day}
                empty={words.daysNone}
                columns={[
                  { key: 'day', head: words.day, cell: ({ day }) => day },
                  { key: 'status', head: words.status, cell: ({ status }) => <Standing status={status} /> },
                  { key: 'attempts', head: words.attempts, align: 'end', cell: ({ attempts }) => attempts },
                  { key: 'result', head: words.result, cell: ({ result = '' }) => result },
                ]}
              />
            </Panel>
          </>
        )}
      </Answer>
    </Page>
  );
}

function Standing({ status }: { readonly status: string }) {
  const statuses: Readonly<Record<string, string>> = useWords(ledgerWords).statuses;
  return <Badge tone={TONES[status] ?? 'neutral'}>{statuses[status] ?? status}</Badge>;
}

function Compare() {
  const words = useWords(ledgerWords);
  const client = useQueryClient();
  const [from, setFrom] = useState(() => dayOf(Date.now() - DAY_MS));
  const [to, setTo] = useState(() => dayOf(Date.now()));
  const comparing = useMutation({
    mutationFn: () => answerOf(adminApi.POST('/v1/admin/reconciliation', { body: { from, to } })),
    onSuccess: () => client.invalidateQueries({ queryKey: ['ledger', 'reconciliation'] }),
  });
  return (
    <form
      className={styles.stack}
      onSubmit={(event) => {
        event.preventDefault();
        comparing.mutate();
      }}
    >
      <div className={styles.line}>
        <TextInput type="date" required label={words.firstDay} value={from} onChange={(e) => setFrom(e.target.value)} />
        <TextInput type="date" required label={words.lastDay} value={to} onChange={(e) => setTo(e.target.value)} />
        <Button type="submit" kind="primary" size="small" busy={comparing.isPending}>
          {words.start}
        </Button>
      </div>
      {comparing.isError ? <ProblemNotice error={comparing.error} /> : null}
    </form>
  );
}
