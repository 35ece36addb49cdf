import { type ReactNode, type SelectHTMLAttributes, useId } from 'react';
import styles from './Field.module.css';

interface SelectFieldProps extends SelectHTMLAttributes<HTMLSelectElement> {
  readonly label: ReactNode;
  /** What is wrong with it, in plain words. */
  readonly error?: ReactNode;
}

/** A labelled choice out of many, with an error that assistive technology reads with it. */
export function SelectField({ label, error, id, className, children, ...select }: SelectFieldProps) {
  const own = useId();
  const field = id ?? own;
  const hasError = error !== undefined && error !== null && error !== false;
  return (
    <div className={[styles.field, className].filter(Boolean).join(' ')}>
      <label className={styles.label} htmlFor={field}>
        {label}
      </label>
      <select
        {...select}
        id={field}
        className={styles.input}
        aria-invalid={hasError || undefined}
        aria-describedby={hasError ? `${field}-error` : undefined}
      >
        {children}
      </select>
      {hasError ? (
        <p className={styles.error} id={`${field}-error`}>
          {error}
        </p>
      ) : null}
    </div>
  );
}
