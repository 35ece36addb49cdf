import { useEffect, useState } from 'react';
import { ask } from '../api.ts';
import { usePage } from '../page-context.tsx';
import { type Option, optionsOf, type Suggestions } from './options.ts';

const PAUSE_MS = 120;
const NONE: Found = { q: '', options: undefined };

interface Found {
  readonly q: string;
  /** Undefined until the first answer to what is typed. */
  readonly options: readonly Option[] | undefined;
}

/**
 * Suggestions for what is typed, asked for after a short pause; an answer that comes after more was typed is dropped. Until
 * the next answer the last ones stay, so that the list does not flicker.
 */
export function useSuggestions(typed: string): Found {
  const { language, currency } = usePage();
  const [found, setFound] = useState<Found>(NONE);
  const q = typed.trim();

  useEffect(() => {
    if (q === '') {
      setFound(NONE);
      return;
    }
    const abort = new AbortController();
    const timer = setTimeout(async () => {
      const query = new URLSearchParams({ q, currency });
      const result = await ask<Suggestions>(`/web/v1/${language}/suggestions?${query}`, {
        signal: abort.signal,
        timeoutMs: 4_000,
      }).catch(() => undefined);
      if (abort.signal.aborted) return;
      // A search that does not answer takes nothing from whoever types: the form still works.
      setFound(result?.kind === 'done' ? { q, options: optionsOf(q, result.answer) } : NONE);
    }, PAUSE_MS);
    return () => {
      clearTimeout(timer);
      abort.abort();
    };
  }, [q, language, currency]);

  return found;
}
