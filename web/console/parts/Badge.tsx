import type { ReactNode } from 'react';
import styles from './Badge.module.css';

export type Tone = 'good' | 'warning' | 'danger' | 'neutral';

/** A state in a word; the mark before it tells the tones apart without colour. */
export function Badge({ tone = 'neutral', children }: { readonly tone?: Tone; readonly children: ReactNode }) {
  return (
    <span className={styles.badge} data-tone={tone}>
      <svg viewBox="0 0 8 8" aria-hidden="true" className={styles.mark}>
        {MARKS[tone]}
      </svg>
      {children}
    </span>
  );
}

const MARKS: Readonly<Record<Tone, ReactNode>> = {
  good: <circle cx="4" cy="4" r="3.5" />,
  warning: <path d="M4 0.500 7.800 7.500H0.200z" />,
  danger: <path d="M4 0 8 4 4 8 0 4z" />,
  neutral: <circle cx="4" cy="4" r="2.750" fill="none" stroke="currentColor" strokeWidth="1.500" />,
};
