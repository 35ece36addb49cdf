import { useNavigate, useSearch } from '@tanstack/react-router';
import { useEffect, useState } from 'react';
import { Button } from '../../../design/Button.tsx';
import { Notice } from '../../../design/Notice.tsx';
import { useLanguage, useWords } from '../../language.tsx';
import { CopyId } from '../../parts/CopyId.tsx';
import { formatNumber } from '../../parts/figures.tsx';
import { Page, Panel } from '../../parts/Page.tsx';
import { ProblemNotice } from '../../parts/states.tsx';
import { newKey } from '../../server/client.ts';
import { problemOf } from '../../server/problem.ts';
import { shellWords } from '../../shell/words.ts';
import { recordsOf } from './csv.ts';
import { ImportReport } from './ImportReport.tsx';
import { sendImport, useStanding } from './import-data.ts';
import styles from './products.module.css';
import { ProductSections } from './Sections.tsx';
import { productWords } from './words.ts';

interface ChosenFile {
  readonly file: File;
  readonly records: readonly string[];
}

export function ImportPage() {
  const { pages: titles } = useWords(shellWords);
  const words = useWords(productWords);
  const { language } = useLanguage();
  const { key } = useSearch({ from: '/products/import' });
  const navigate = useNavigate();
  const [chosen, setChosen] = useState<ChosenFile>();
  const [error, setError] = useState<unknown>();
  const [isSending, setSending] = useState(false);
  const standing = useStanding(key, isSending);
  const count = (rows: number) => formatNumber(rows, language);

  useEffect(() => {
    if (key === undefined) setChosen(undefined);
    setError(undefined);
  }, [key]);

  const choose = async (file: File | undefined) => {
    setError(undefined);
    setChosen(file && { file, records: recordsOf(await file.text()) });
  };
  const start = async (file: File) => {
    const importKey = key ?? newKey();
    setError(undefined);
    setSending(true);
    await navigate({ to: '/products/import', search: { key: importKey } });
    await sendImport(importKey, file).catch(setError);
    setSending(false);
    await standing.refetch();
  };
  const found = standing.data;
  const isRunning = isSending || found?.status === 'running';
  const isForgotten =
    key !== undefined && !isRunning && standing.isError && problemOf(standing.error).code === 'unknown_import';
  const isOtherFile = error !== undefined && problemOf(error).code === 'idempotency_key_reused';
  return (
    <Page title={titles.products}>
      <ProductSections />
      <Panel title={words.import}>
        <div className={styles.stack}>
          <p className={styles.soft}>{words.importLead}</p>
          <p className={styles.soft}>
            {words.needed}
            <br />
            {words.optional}
          </p>
          {isForgotten && error === undefined ? <Notice kind="warning">{words.unknownImport}</Notice> : null}
          {found?.status === 'failed' && !isRunning ? (
            <Notice kind="danger" title={words.cutShort}>
              {found.trouble}
            </Notice>
          ) : null}
          {isOtherFile ? <Notice kind="danger">{words.otherFile}</Notice> : null}
          {error !== undefined && !isOtherFile ? <ProblemNotice error={error} /> : null}
          {found?.status === 'done' || isRunning ? null : (
            <>
              <label className={styles.stack}>
                <strong>{words.file}</strong>
                <input
                  className={styles.file}
                  type="file"
                  accept=".csv,text/csv"
                  onChange={({ target }) => void choose(target.files?.[0])}
                />
              </label>
              {chosen === undefined ? null : (
                <p>{words.chosen(chosen.file.name, count(Math.max(0, chosen.records.length - 1)))}</p>
              )}
              <div>
                <Button
                  kind="primary"
                  size="small"
                  disabled={chosen === undefined}
                  onClick={() => chosen !== undefined && void start(chosen.file)}
                >
                  {words.start}
                </Button>
              </div>
            </>
          )}
          {isRunning ? (
            <Progress done={found?.rows ?? 0} all={chosen === undefined ? undefined : chosen.records.length - 1} />
          ) : null}
          {key === undefined ? null : (
            <p className={styles.soft}>
              {words.key}: <CopyId id={key} />
              <br />
              {words.keyHint}
            </p>
          )}
          {found?.status === 'done' || isOtherFile ? (
            <div>
              <Button size="small" onClick={() => void navigate({ to: '/products/import', search: {} })}>
                {words.again}
              </Button>
            </div>
          ) : null}
        </div>
      </Panel>
      {found?.report === undefined ? null : <ImportReport report={found.report} records={chosen?.records} />}
    </Page>
  );
}

function Progress({ done, all }: { readonly done: number; readonly all: number | undefined }) {
  const words = useWords(productWords);
  const { language } = useLanguage();
  const count = (rows: number) => formatNumber(rows, language);
  return (
    <div className={styles.stack}>
      <progress
        className={styles.progress}
        aria-label={words.running}
        {...(all === undefined ? {} : { max: Math.max(1, all), value: Math.min(done, all) })}
      />
      <p role="status">
        {words.running} {all === undefined ? words.rowsSoFar(count(done)) : words.rowsOf(count(done), count(all))}
      </p>
    </div>
  );
}
