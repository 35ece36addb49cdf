import type { ReactNode } from 'react';
import styles from './Details.module.css';

interface Fact {
  readonly name: string;
  readonly value: ReactNode;
}

/** Names and values of one thing, in columns as there is room; what is undefined is left out. */
export function Facts({ facts }: { readonly facts: readonly Fact[] }) {
  return (
    <dl className={styles.facts}>
      {facts
        .filter(({ value }) => value !== undefined && value !== null)
        .map(({ name, value }) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>{value}</dd>
          </div>
        ))}
    </dl>
  );
}

/** JSON as a person reads it. */
export function Json({ value, label }: { readonly value: unknown; readonly label: string }) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by keyboard
    <section className={styles.json} aria-label={label} tabIndex={0}>
      <pre translate="no">{JSON.stringify(value, null, 2)}</pre>
    </section>
  );
}

/** Something that is there for who wants to know more. */
export function More({ summary, children }: { readonly summary: ReactNode; readonly children: ReactNode }) {
  return (
    <details className={styles.more}>
      <summary>{summary}</summary>
      {children}
    </details>
  );
}
