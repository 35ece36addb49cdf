import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useLanguage, useWords } from '../language.tsx';
import { adminApi, answerOf } from '../server/client.ts';
import { CopyId } from './CopyId.tsx';
import { formatDuration } from './figures.tsx';
import { Answer } from './states.tsx';
import styles from './TraceLink.module.css';
import { partWords } from './words.ts';

/** A trace by its id; its spans are fetched when they are asked for. */
export function TraceLink({ traceId }: { readonly traceId: string }) {
  const words = useWords(partWords);
  const [open, setOpen] = useState(false);
  return (
    <div className={styles.trace}>
      <span className={styles.line}>
        <span>{words.trace}</span>
        <CopyId id={traceId}>
          <span title={traceId}>
            {traceId.slice(0, 4)}…{traceId.slice(-6)}
          </span>
        </CopyId>
        <button type="button" className={styles.toggle} aria-expanded={open} onClick={() => setOpen(!open)}>
          {words.spans}
        </button>
      </span>
      {open ? <Spans traceId={traceId} /> : null}
    </div>
  );
}

function Spans({ traceId }: { readonly traceId: string }) {
  const { language } = useLanguage();
  const query = useQuery({
    queryKey: ['trace', traceId],
    queryFn: () => answerOf(adminApi.GET('/v1/admin/traces/{traceId}', { params: { path: { traceId } } })),
    retry: false,
  });
  return (
    <Answer query={query}>
      {({ spans }) => {
        const start = Math.min(...spans.map(({ startedAt }) => startedAt));
        return (
          <ol className={styles.spans}>
            {spans
              .toSorted((a, b) => a.startedAt - b.startedAt)
              .map(({ spanId, name, startedAt, durationMs, failed }) => (
                <li key={spanId} data-failed={failed || undefined}>
                  <span className={styles.offset}>+{formatDuration(startedAt - start, language)}</span>
                  <code>{name}</code>
                  <span className={styles.offset}>{formatDuration(durationMs, language)}</span>
                </li>
              ))}
          </ol>
        );
      }}
    </Answer>
  );
}
