import { Notice } from '../../../design/Notice.tsx';
import { useWords } from '../../language.tsx';
import type { DryRunAnswer } from './case-data.ts';
import styles from './hospital.module.css';
import { hospitalWords } from './words.ts';

const KINDS = { would_succeed: 'success', would_fail: 'danger', cannot_be_foreseen: 'warning' } as const;

/** What a dry run says that handling the message would do. */
export function Foreseen({ run }: { readonly run: DryRunAnswer }) {
  const words = useWords(hospitalWords);
  const verdicts: Readonly<Record<string, string>> = words.verdicts;
  const outwardKinds: Readonly<Record<string, string>> = words.outwardKinds;
  const kind = KINDS[run.verdict as keyof typeof KINDS] ?? 'info';
  const writes = [
    ...run.intents
      .filter(({ events }) => events.length > 0)
      .map(({ stream, events }) => `${stream}: ${events.join(', ')}`),
    ...run.documents.map(({ collection, key }) => `${collection}/${key}`),
  ];
  return (
    <Notice kind={kind} title={`${words.dryRun}: ${verdicts[run.verdict] ?? run.verdict}`} urgent>
      <div className={styles.stack}>
        <p>{run.said}</p>
        {writes.length === 0 ? null : <Lines title={words.wouldWrite} lines={writes} />}
        {run.outward.length === 0 ? null : (
          <Lines
            title={words.outward}
            lines={run.outward.map(({ kind: what, what: name }) => `${outwardKinds[what] ?? what} ${name}`)}
          />
        )}
      </div>
    </Notice>
  );
}

function Lines({ title, lines }: { readonly title: string; readonly lines: readonly string[] }) {
  return (
    <div>
      <strong>{title}</strong>
      <ul className={styles.list}>
        {lines.map((line) => (
          <li key={line}>
            <code translate="no">{line}</code>
          </li>
        ))}
      </ul>
    </div>
  );
}
