import { createContext, type ReactNode, useContext, useEffect, useMemo, useState } from 'react';

export type Language = 'en' | 'ko';

/** The words of one place in both languages, of the same shape. */
export interface Words<Shape> {
  readonly en: Shape;
  readonly ko: Shape;
}

interface Spoken {
  readonly language: Language;
  readonly speak: (language: Language) => void;
}

const KEY = 'jangteo.console.language';
const Context = createContext<Spoken>({ language: 'en', speak: () => {} });

/** Korean for those whose browser prefers it, English otherwise, until somebody chooses. */
function initialLanguage(): Language {
  const stored = localStorage.getItem(KEY);
  if (stored === 'en' || stored === 'ko') return stored;
  const preferred = navigator.languages.find((each) => /^(en|ko)\b/.test(each));
  return preferred?.startsWith('ko') === true ? 'ko' : 'en';
}

export function LanguageProvider({ children }: { readonly children: ReactNode }) {
  const [language, setLanguage] = useState(initialLanguage);
  useEffect(() => {
    document.documentElement.lang = language;
  }, [language]);
  const spoken = useMemo(() => {
    const speak = (chosen: Language) => {
      localStorage.setItem(KEY, chosen);
      setLanguage(chosen);
    };
    return { language, speak };
  }, [language]);
  return <Context value={spoken}>{children}</Context>;
}

export function useLanguage(): Spoken {
  return useContext(Context);
}

/** The words of a place in the language that is spoken. */
export function useWords<Shape>(words: Words<Shape>): Shape {
  return words[useLanguage().language];
}
