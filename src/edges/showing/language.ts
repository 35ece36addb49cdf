import { Type } from 'typebox';
import type { Text } from '../../contracts/shapes.ts';

export const LANGUAGES = ['en', 'ko'] as const;
export type Language = (typeof LANGUAGES)[number];
export const LanguageSchema = Type.Union([Type.Literal('en'), Type.Literal('ko')]);

/** Whether the shop speaks it. */
export function isLanguage(text: unknown): text is Language {
  return text === 'en' || text === 'ko';
}

/** The language that `Accept-Language` likes best among ours; English when it names none. */
export function acceptedLanguage(header: string | undefined): Language {
  let best: { language: Language; weight: number } = { language: 'en', weight: 0 };
  for (const range of (header ?? '').split(',')) {
    const [tag = '', ...parameters] = range
      .trim()
      .toLowerCase()
      .split(/\s*;\s*/);
    const language = tag.split('-')[0];
    const weight = Number(parameters.find((each) => each.startsWith('q='))?.slice(2) ?? 1);
    if (isLanguage(language) && weight > best.weight) best = { language, weight };
  }
  return best.language;
}

/** A text in a language; in the other where it is missing. */
export function textIn(text: Text, language: Language): string {
  return text[language] ?? text[language === 'en' ? 'ko' : 'en'] ?? '';
}
