import type { topologyWords } from './words.ts';

/** What a part is called: services and other companies by their own names, the rest in the reader's language. */
export function nameOf(id: string, words: (typeof topologyWords)['en']): string {
  if (id.startsWith('db:')) return `${words.names.database} · ${id.slice(3)}`;
  return (words.names as Readonly<Record<string, string>>)[id] ?? id;
}
