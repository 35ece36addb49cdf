import { type InputHTMLAttributes, type ReactNode, useId } from 'react';
import styles from './Field.module.css';

interface FieldProps extends InputHTMLAttributes<HTMLInputElement> {
  readonly label: ReactNode;
  /** What helps to fill it in. */
  readonly hint?: ReactNode;
  /** What is wrong with it, in plain words. */
  readonly error?: ReactNode;
}

/** A labelled text field with a hint and an error that assistive technology reads with it. */
export function Field({ label, hint, error, id, className, ...input }: FieldProps) {
  const own = useId();
  const field = id ?? own;
  const hasError = error !== undefined && error !== null && error !== false;
  const described = [hint ? `${field}-hint` : undefined, hasError ? `${field}-error` : undefined].filter(Boolean);
  return (
    <div className={[styles.field, className].filter(Boolean).join(' ')}>
      <label className={styles.label} htmlFor={field}>
        {label}
      </label>
      <input
        {...input}
        id={field}
        className={styles.input}
        aria-invalid={hasError || undefined}
        aria-describedby={described.length > 0 ? described.join(' ') : undefined}
      />
      {hint ? (
        <p className={styles.hint} id={`${field}-hint`}>
          {hint}
        </p>
      ) : null}
      {hasError ? (
        <p className={styles.error} id={`${field}-error`}>
          {error}
        </p>
      ) : null}
    </div>
  );
}
