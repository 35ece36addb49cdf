import type { ReactNode } from 'react';
import styles from './Tabs.module.css';

/** Links between the parts of one page; the one that is open is marked by the router (`aria-current`). */
export function Tabs({ label, children }: { readonly label: string; readonly children: ReactNode }) {
  return (
    <nav className={styles.tabs} aria-label={label}>
      {children}
    </nav>
  );
}
