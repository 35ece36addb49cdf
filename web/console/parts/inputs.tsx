import { type InputHTMLAttributes, type ReactNode, type TextareaHTMLAttributes, useId } from 'react';
import styles from './inputs.module.css';

interface Said {
  readonly label: string;
  /** What helps to fill it in. */
  readonly hint?: ReactNode;
  /** What is wrong with it. */
  readonly error?: ReactNode;
}

/** A dense labelled field with its hint and its error. */
export function TextInput({ label, hint, error, ...input }: Said & InputHTMLAttributes<HTMLInputElement>) {
  const id = useId();
  return (
    <Labelled id={id} label={label} hint={hint} error={error}>
      <input
        {...input}
        id={id}
        aria-invalid={isThere(error) || undefined}
        aria-describedby={described(id, hint, error)}
      />
    </Labelled>
  );
}

/** The same for several lines. */
export function TextArea({ label, hint, error, ...input }: Said & TextareaHTMLAttributes<HTMLTextAreaElement>) {
  const id = useId();
  return (
    <Labelled id={id} label={label} hint={hint} error={error}>
      <textarea
        {...input}
        id={id}
        aria-invalid={isThere(error) || undefined}
        aria-describedby={described(id, hint, error)}
      />
    </Labelled>
  );
}

function Labelled({ id, label, hint, error, children }: Said & { readonly id: string; readonly children: ReactNode }) {
  return (
    <div className={styles.field}>
      <label htmlFor={id}>{label}</label>
      {children}
      {isThere(hint) ? (
        <p className={styles.hint} id={`${id}-hint`}>
          {hint}
        </p>
      ) : null}
      {isThere(error) ? (
        <p className={styles.error} id={`${id}-error`}>
          {error}
        </p>
      ) : null}
    </div>
  );
}

function isThere(node: ReactNode): boolean {
  return node !== undefined && node !== null && node !== false && node !== '';
}

function described(id: string, hint: ReactNode, error: ReactNode): string | undefined {
  const ids = [isThere(hint) ? `${id}-hint` : '', isThere(error) ? `${id}-error` : ''].filter((each) => each !== '');
  return ids.length === 0 ? undefined : ids.join(' ');
}

interface SearchFormProps {
  readonly label: string;
  readonly value: string;
  readonly placeholder: string;
  readonly submit: string;
  /** One of several in a row. */
  readonly narrow?: boolean;
  readonly onSearch: (text: string) => void;
}

/** One field that is searched with when it is submitted. */
export function SearchForm({ label, value, placeholder, submit, narrow = false, onSearch }: SearchFormProps) {
  const id = useId();
  return (
    <search className={styles.search} data-narrow={narrow || undefined}>
      <form
        key={value}
        onSubmit={(event) => {
          event.preventDefault();
          onSearch(String(new FormData(event.currentTarget).get('q') ?? '').trim());
        }}
      >
        <label htmlFor={id}>{label}</label>
        <div>
          <input id={id} name="q" type="search" defaultValue={value} placeholder={placeholder} autoComplete="off" />
          <button type="submit">{submit}</button>
        </div>
      </form>
    </search>
  );
}
