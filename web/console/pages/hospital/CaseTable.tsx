import { Link } from '@tanstack/react-router';
import { useWords } from '../../language.tsx';
import { Badge, type Tone } from '../../parts/Badge.tsx';
import { CopyId } from '../../parts/CopyId.tsx';
import { DataTable } from '../../parts/DataTable.tsx';
import { When } from '../../parts/When.tsx';
import { kindOf, type ShownCase } from './case-data.ts';
import styles from './hospital.module.css';
import { hospitalWords } from './words.ts';

const TONES: Readonly<Record<string, Tone>> = { open: 'danger', draining: 'warning', closed: 'good' };

export function CaseStatus({ status }: Pick<ShownCase, 'status'>) {
  const statuses: Readonly<Record<string, string>> = useWords(hospitalWords).statuses;
  return <Badge tone={TONES[status] ?? 'neutral'}>{statuses[status] ?? status}</Badge>;
}

/** Cases of the hospital in a table. */
export function CaseTable({ cases }: { readonly cases: readonly ShownCase[] }) {
  const words = useWords(hospitalWords);
  return (
    <DataTable
      caption={words.list}
      rows={cases}
      keyOf={({ caseId }) => caseId}
      empty={words.none}
      toneOf={({ status }) => (status === 'open' ? 'danger' : undefined)}
      columns={[
        {
          key: 'case',
          head: words.case,
          cell: (shown) => (
            <span className={styles.case}>
              <Link to="/hospital/$caseId" params={{ caseId: shown.caseId }}>
                {kindOf(shown)}
              </Link>
              <CopyId id={shown.caseId} />
            </span>
          ),
        },
        { key: 'service', head: words.service, cell: ({ service }) => <span className={styles.word}>{service}</span> },
        { key: 'subject', head: words.subject, cell: ({ subject }) => <CopyId id={subject} /> },
        {
          key: 'failure',
          head: words.failure,
          cell: ({ failure }) => (
            <span className={styles.case}>
              <code translate="no">{failure.code}</code>
              <span className={styles.soft}>{failure.detail}</span>
            </span>
          ),
        },
        { key: 'status', head: words.status, cell: ({ status }) => <CaseStatus status={status} /> },
        { key: 'opened', head: words.opened, cell: ({ openedAt }) => <When at={openedAt} /> },
        { key: 'waiting', head: words.waiting, align: 'end', cell: ({ waiting }) => waiting },
      ]}
    />
  );
}
