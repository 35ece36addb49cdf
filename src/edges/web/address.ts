import type { Language } from '../showing/language.ts';

/**
 * The address of a page after `/{language}`, as everybody who asks for the same page spells it: only the questions that the page
 * knows, in their order, without empty ones.
 */
export function addressOf(url: string, language: Language, questions: readonly string[]): string {
  const at = url.indexOf('?');
  const path = url.slice(language.length + 1, at < 0 ? url.length : at);
  if (at < 0 || questions.length === 0) return path;
  const given = new URLSearchParams(url.slice(at + 1));
  const kept = new URLSearchParams();
  for (const name of questions) for (const value of given.getAll(name)) if (value !== '') kept.append(name, value);
  return kept.size === 0 ? path : `${path}?${kept}`;
}
