import { Button } from '../../../design/Button.tsx';
import { Notice } from '../../../design/Notice.tsx';
import { useLanguage, useWords } from '../../language.tsx';
import { DataTable } from '../../parts/DataTable.tsx';
import { formatNumber } from '../../parts/figures.tsx';
import { Panel } from '../../parts/Page.tsx';
import { rejectedCsv } from './csv.ts';
import type { Report } from './import-data.ts';
import styles from './products.module.css';
import { productWords } from './words.ts';

const MOST_SHOWN = 500;

interface ImportReportProps {
  readonly report: Report;
  /** The file's records while it is at hand. */
  readonly records: readonly string[] | undefined;
}

/** What became of every row, and the rejected ones as a file. */
export function ImportReport({ report, records }: ImportReportProps) {
  const words = useWords(productWords);
  const { language } = useLanguage();
  const count = (rows: number) => formatNumber(rows, language);
  const { rejected } = report;
  const figures = [
    [words.rows, report.rows],
    [words.imported, report.imported],
    [words.unchangedRows, report.unchanged],
    [words.rejected, rejected.length],
  ] as const;
  return (
    <Panel title={words.report}>
      <div className={styles.stack}>
        <div className={styles.figures}>
          {figures.map(([name, value]) => (
            <span key={name}>
              <strong>{count(value)}</strong>
              {name}
            </span>
          ))}
        </div>
        {rejected.length === 0 ? (
          <Notice kind="success">{words.noneRejected}</Notice>
        ) : (
          <>
            <div className={styles.line}>
              <Button size="small" onClick={() => download('rejected.csv', rejectedCsv(rejected, records))}>
                {words.download}
              </Button>
              {records === undefined ? null : <span className={styles.soft}>{words.downloadHint}</span>}
            </div>
            {rejected.length > MOST_SHOWN ? (
              <p className={styles.soft}>{words.mostShown(count(MOST_SHOWN), count(rejected.length))}</p>
            ) : null}
            <DataTable
              caption={words.rejectedRows}
              rows={rejected.slice(0, MOST_SHOWN)}
              keyOf={({ row, code }) => `${row} ${code}`}
              columns={[
                { key: 'row', head: words.row, align: 'end', cell: ({ row }) => count(row) },
                { key: 'sku', head: words.sku, cell: ({ sku }) => <code translate="no">{sku}</code> },
                { key: 'field', head: words.field, cell: ({ field }) => <code translate="no">{field ?? ''}</code> },
                {
                  key: 'why',
                  head: words.because,
                  cell: ({ reason, code }) => (
                    <>
                      {reason} <code className={styles.soft}>{code}</code>
                    </>
                  ),
                },
              ]}
            />
          </>
        )}
      </div>
    </Panel>
  );
}

/** Saves a text as a file; the mark at its beginning tells sheets that it is UTF-8. */
function download(name: string, text: string): void {
  const address = URL.createObjectURL(new Blob(['\ufeff', text], { type: 'text/csv;charset=utf-8' }));
  const link = document.createElement('a');
  link.href = address;
  link.download = name;
  link.click();
  URL.revokeObjectURL(address);
}
