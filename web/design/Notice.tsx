import type { ReactNode } from 'react';
import styles from './Notice.module.css';

interface NoticeProps {
  readonly kind?: 'info' | 'success' | 'warning' | 'danger';
  readonly title?: ReactNode;
  readonly children?: ReactNode;
  /** Read out at once when it appears; for what has just gone wrong. */
  readonly urgent?: boolean;
}

/** Something that whoever reads the page should know. */
export function Notice({ kind = 'info', title, children, urgent = false }: NoticeProps) {
  return (
    <div className={`${styles.notice} ${styles[kind]}`} role={urgent ? 'alert' : 'status'}>
      {title === undefined ? null : <p className={styles.title}>{title}</p>}
      {children}
    </div>
  );
}
