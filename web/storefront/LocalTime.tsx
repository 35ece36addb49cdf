import { useEffect, useState } from 'react';
import { usePage } from './page-context.tsx';

interface LocalTimeProps {
  /** In ms since 1970. */
  readonly at: number;
  readonly className?: string;
}

/** A moment in the shopper's own time zone; in UTC, and saying so, until the browser has told which that is. */
export function LocalTime({ at, className }: LocalTimeProps) {
  const { language } = usePage();
  const [isLocal, setLocal] = useState(false);
  useEffect(() => setLocal(true), []);
  const text = new Intl.DateTimeFormat(language, {
    ...{ day: 'numeric', month: 'short', year: 'numeric', hour: 'numeric', minute: '2-digit' },
    ...(isLocal ? {} : { timeZone: 'UTC', timeZoneName: 'short' as const }),
  } as const).format(at);
  return (
    <time className={className} dateTime={new Date(at).toISOString()} suppressHydrationWarning>
      {text}
    </time>
  );
}
