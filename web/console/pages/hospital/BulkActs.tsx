import { useQueryClient } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { Button } from '../../../design/Button.tsx';
import { useWords } from '../../language.tsx';
import { Badge } from '../../parts/Badge.tsx';
import { ConfirmDialog } from '../../parts/ConfirmDialog.tsx';
import { DataTable } from '../../parts/DataTable.tsx';
import { TextArea } from '../../parts/inputs.tsx';
import { Panel } from '../../parts/Page.tsx';
import { adminApi, answerOf, newKey } from '../../server/client.ts';
import styles from './hospital.module.css';
import { hospitalWords } from './words.ts';

const ACTS = ['dry-run', 'retry', 'discharge'] as const;
type BulkAct = (typeof ACTS)[number];

interface Report {
  readonly caseId: string;
  readonly outcome: string;
  readonly detail?: string;
}

interface BulkActsProps {
  readonly filter: {
    readonly service?: string;
    readonly type?: string;
    readonly code?: string;
    readonly subject?: string;
  };
  readonly olderThanMs: number;
}

/** One act on all open cases that the filters find, with what became of each. */
export function BulkActs({ filter, olderThanMs }: BulkActsProps) {
  const words = useWords(hospitalWords);
  const client = useQueryClient();
  const [note, setNote] = useState('');
  const [report, setReport] = useState<readonly Report[]>();

  /** Page by page to the end; what was asked before a failure stands in the report. */
  const actOnAll = async (act: BulkAct) => {
    const openedBefore = Date.now() - olderThanMs;
    const told: Report[] = [];
    for (let cursor: string | null | undefined; cursor !== null; ) {
      const page = await answerOf(
        adminApi.POST('/v1/admin/hospital/bulk/{act}', {
          params: { path: { act }, header: { 'Idempotency-Key': newKey() } },
          body: { filter: { ...filter, openedBefore }, note, limit: 20, ...(cursor && { cursor }) },
        }),
      );
      told.push(...page.items);
      setReport([...told]);
      cursor = page.nextCursor;
    }
    await client.invalidateQueries({ queryKey: ['hospital'] });
  };
  return (
    <Panel
      title={words.bulk}
      actions={
        <span className={styles.line}>
          {ACTS.map((act) => (
            <ConfirmDialog
              key={act}
              trigger={
                <Button size="small" {...(act === 'discharge' ? { kind: 'danger' as const } : {})}>
                  {words.bulkActs[act]}
                </Button>
              }
              title={words.bulkTitle(words.bulkActs[act])}
              confirm={words.bulkGo(words.bulkActs[act])}
              kind={act === 'discharge' ? 'danger' : 'primary'}
              disabled={note.trim() === ''}
              onConfirm={() => actOnAll(act)}
              form={
                <TextArea
                  label={words.reason}
                  hint={words.reasonHint}
                  value={note}
                  maxLength={500}
                  rows={2}
                  required
                  onChange={(event) => setNote(event.target.value)}
                />
              }
            >
              <p>{words.bulkText}</p>
            </ConfirmDialog>
          ))}
        </span>
      }
    >
      <div className={styles.stack}>
        <p className={styles.soft}>{words.bulkLead}</p>
        {report === undefined ? null : <ReportTable report={report} />}
      </div>
    </Panel>
  );
}

function ReportTable({ report }: { readonly report: readonly Report[] }) {
  const words = useWords(hospitalWords);
  const outcomes: Readonly<Record<string, string>> = words.outcomes;
  const done = report.filter(({ outcome }) => outcome === 'done').length;
  return (
    <>
      <p role="status">{words.bulkSum(report.length, done, report.length - done)}</p>
      <DataTable
        caption={words.bulkReport}
        rows={report}
        keyOf={({ caseId }) => caseId}
        columns={[
          {
            key: 'case',
            head: words.case,
            cell: ({ caseId }) => (
              <code translate="no">
                <Link to="/hospital/$caseId" params={{ caseId }}>
                  {caseId}
                </Link>
              </code>
            ),
          },
          {
            key: 'outcome',
            head: words.result,
            cell: ({ outcome }) => (
              <Badge tone={outcome === 'done' ? 'good' : 'danger'}>{outcomes[outcome] ?? outcome}</Badge>
            ),
          },
          { key: 'detail', head: words.detail, cell: ({ detail = '' }) => detail },
        ]}
      />
    </>
  );
}
