import { formatMoney, type Money } from '../../design/money.ts';
import { type Language, useLanguage } from '../language.tsx';
import styles from './figures.module.css';

/** A whole number as the language writes it. */
export function formatNumber(value: number, language: Language, digits = 0): string {
  return new Intl.NumberFormat(language, { maximumFractionDigits: digits }).format(value);
}

/** A share (0 to 1) as a percentage. */
export function formatShare(share: number, language: Language): string {
  return new Intl.NumberFormat(language, { style: 'percent', maximumFractionDigits: share < 0.1 ? 1 : 0 }).format(
    share,
  );
}

/** Milliseconds in the unit that a person would use: `340 ms`, `2.1 s`, `4 min`, `3 h`, `2 days`. */
export function formatDuration(ms: number, language: Language): string {
  const [value, unit, digits] = inUnit(ms);
  return new Intl.NumberFormat(language, {
    style: 'unit',
    unit,
    unitDisplay: language === 'ko' ? 'short' : unit === 'day' ? 'long' : 'narrow',
    maximumFractionDigits: digits,
  }).format(value);
}

function inUnit(ms: number): [number, string, number] {
  if (ms < 1_000) return [ms, 'millisecond', ms < 10 ? 1 : 0];
  if (ms < 60_000) return [ms / 1_000, 'second', 1];
  if (ms < 3_600_000) return [ms / 60_000, 'minute', 0];
  if (ms < 86_400_000) return [ms / 3_600_000, 'hour', 1];
  return [ms / 86_400_000, 'day', 0];
}

/** Bytes in MB. */
export function formatBytes(bytes: number, language: Language): string {
  const unit = { style: 'unit', unit: 'megabyte', unitDisplay: 'short', maximumFractionDigits: 0 } as const;
  return new Intl.NumberFormat(language, unit).format(bytes / 1_048_576);
}

/** A moment in the reader's own time zone. */
export function Time({ at }: { readonly at: number }) {
  const { language } = useLanguage();
  const date = new Date(at);
  const text = new Intl.DateTimeFormat(language, { dateStyle: 'medium', timeStyle: 'medium' }).format(date);
  return <time dateTime={date.toISOString()}>{text}</time>;
}

/** How long something takes or has lasted. */
export function Duration({ ms }: { readonly ms: number }) {
  const { language } = useLanguage();
  return <span className={styles.whole}>{formatDuration(ms, language)}</span>;
}

export function Amount({ money }: { readonly money: Money }) {
  const { language } = useLanguage();
  return <span>{formatMoney(money, language)}</span>;
}

/** An id, as it is: nothing else is as long and as easily mistaken. */
export function Id({ children }: { readonly children: string }) {
  return (
    <code translate="no" className={styles.id}>
      {children}
    </code>
  );
}
