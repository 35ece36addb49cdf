import { useEffect, useState } from 'react';
import { type Language, useLanguage } from '../language.tsx';
import styles from './When.module.css';

const UNITS = [
  ['day', 86_400_000],
  ['hour', 3_600_000],
  ['minute', 60_000],
  ['second', 1_000],
] as const;

/** How long ago (or until) something is, in the coarsest unit that says something: `3 min. ago`, `2일 전`. */
export function formatAgo(ms: number, language: Language): string {
  const [unit, size] = UNITS.find(([, length]) => Math.abs(ms) >= length) ?? UNITS[3];
  const format = new Intl.RelativeTimeFormat(language, {
    numeric: 'auto',
    style: language === 'ko' ? 'long' : 'short',
  });
  return format.format(-Math.round(ms / size), unit);
}

/** A moment in the reader's time zone, and how long ago it is, which stays true while one looks. */
export function When({ at, millis = false }: { readonly at: number; readonly millis?: boolean }) {
  const { language } = useLanguage();
  const [now, setNow] = useState(Date.now);
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), 15_000);
    return () => clearInterval(timer);
  }, []);
  const date = new Date(at);
  const day = { year: 'numeric', month: 'short', day: 'numeric' } as const;
  const time = { hour: '2-digit', minute: '2-digit', second: '2-digit', hourCycle: 'h23' } as const;
  const digits = millis ? ({ fractionalSecondDigits: 3 } as const) : {};
  return (
    <time dateTime={date.toISOString()} className={styles.when}>
      <span>{new Intl.DateTimeFormat(language, { ...day, ...time, ...digits }).format(date)}</span>{' '}
      <span className={styles.ago}>{formatAgo(now - at, language)}</span>
    </time>
  );
}
