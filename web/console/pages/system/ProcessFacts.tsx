import type { ReactNode } from 'react';
import { useLanguage, useWords } from '../../language.tsx';
import { Duration, formatBytes, formatDuration, formatShare, Time } from '../../parts/figures.tsx';
import { Panel } from '../../parts/Page.tsx';
import styles from './System.module.css';
import type { System } from './SystemPage.tsx';
import { systemWords } from './words.ts';

/** The process that answers: its version, age, memory and how busy it is. */
export function ProcessFacts({ process }: Pick<System, 'process'>) {
  const words = useWords(systemWords);
  const { language } = useLanguage();
  const { memory, eventLoop } = process;
  const bytes = (value: number) => formatBytes(value, language);
  const ms = (value: number) => formatDuration(value, language);
  const facts: readonly (readonly [string, ReactNode])[] = [
    [words.version, process.version],
    [words.node, process.node],
    [words.platform, process.platform],
    [words.pid, process.pid],
    [words.started, <Time key="at" at={process.startedAt} />],
    [words.uptime, <Duration key="up" ms={process.uptimeMs} />],
    [
      words.memory,
      `${bytes(memory.rssBytes)} (${words.heap(bytes(memory.heapUsedBytes), bytes(memory.heapTotalBytes))})`,
    ],
    [words.loop, words.loopText(ms(eventLoop.p50Ms), ms(eventLoop.p99Ms), ms(eventLoop.maxMs))],
    [words.busy, formatShare(eventLoop.utilization, language)],
  ];
  return (
    <Panel title={words.process}>
      <dl className={styles.facts}>
        {facts.map(([name, value]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
    </Panel>
  );
}
