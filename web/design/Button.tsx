import type { ButtonHTMLAttributes, ReactNode } from 'react';
import styles from './Button.module.css';

interface Look {
  /** One primary action a page; `quiet` looks like a link. Default `secondary`. */
  readonly kind?: 'primary' | 'secondary' | 'quiet' | 'danger';
  readonly size?: 'regular' | 'small';
  /** As wide as its place. */
  readonly wide?: boolean;
}

type ButtonProps = Look & ButtonHTMLAttributes<HTMLButtonElement> & { readonly busy?: boolean };

/** A button. While `busy` it keeps the focus, says so, and takes no click. */
export function Button({ kind, size, wide, busy = false, className, onClick, type = 'button', ...rest }: ButtonProps) {
  return (
    <button
      {...rest}
      type={type}
      aria-busy={busy || undefined}
      aria-disabled={busy || undefined}
      className={look({ kind, size, wide }, className)}
      onClick={busy ? (event) => event.preventDefault() : onClick}
    />
  );
}

type ButtonLinkProps = Look & { readonly href: string; readonly children: ReactNode; readonly className?: string };

/** A link that looks like a button, for what leads to another page. */
export function ButtonLink({ kind, size, wide, className, ...rest }: ButtonLinkProps) {
  return <a {...rest} className={look({ kind, size, wide }, className)} />;
}

type Optional<T> = { readonly [Key in keyof T]?: T[Key] | undefined };

function look({ kind = 'secondary', size = 'regular', wide = false }: Optional<Look>, className?: string): string {
  return [styles.button, styles[kind], styles[size], wide && styles.wide, className].filter(Boolean).join(' ');
}
