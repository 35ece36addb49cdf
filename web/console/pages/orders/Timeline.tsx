import { Notice } from '../../../design/Notice.tsx';
import { useLanguage, useWords } from '../../language.tsx';
import { Json, More } from '../../parts/Details.tsx';
import { formatDuration } from '../../parts/figures.tsx';
import { TraceLink } from '../../parts/TraceLink.tsx';
import { When } from '../../parts/When.tsx';
import type { OrderLog } from './order-data.ts';
import styles from './orders.module.css';
import { orderWords } from './words.ts';

interface TimelineProps {
  readonly log: OrderLog;
  readonly placedAt: number;
}

/** An order as the logs of all services tell it. */
export function Timeline({ log: { events, incomplete }, placedAt }: TimelineProps) {
  const words = useWords(orderWords);
  const { language } = useLanguage();
  const services: Readonly<Record<string, string>> = words.services;
  return (
    <div className={styles.stack}>
      <p className={styles.soft}>{words.timelineLead}</p>
      {incomplete.length === 0 ? null : <Notice kind="warning">{words.incomplete(incomplete.join(', '))}</Notice>}
      <ol className={styles.timeline}>
        {events.map(({ service, stream, version, type, at, actor, reason, because, traceId, data }) => (
          <li key={`${stream} ${version}`} data-service={service}>
            <span>
              <When at={at} millis />
              {at > placedAt ? <span className={styles.soft}> +{formatDuration(at - placedAt, language)}</span> : null}
            </span>
            <div className={styles.body}>
              <span className={styles.what}>
                <strong>{type}</strong>
                <span className={styles.soft}>{services[service] ?? service}</span>
                {actor === undefined ? null : (
                  <span>
                    {words.by} <code translate="no">{actor}</code>
                  </span>
                )}
                {because === undefined ? null : <span>{words.because(because)}</span>}
              </span>
              {reason === undefined ? null : <q>{reason}</q>}
              {traceId === undefined ? null : <TraceLink traceId={traceId} />}
              <More
                summary={
                  <>
                    {words.data} <code translate="no">{`${stream} · ${version}`}</code>
                  </>
                }
              >
                <Json value={data} label={`${type}: ${words.data}`} />
              </More>
            </div>
          </li>
        ))}
      </ol>
    </div>
  );
}
