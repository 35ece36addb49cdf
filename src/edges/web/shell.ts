import { type Static, Type } from 'typebox';
import { catalog } from '../../contracts/catalog.ts';
import type { Client } from '../../kernel/contract.ts';
import { answerOf } from '../../platform/http/problem.ts';
import { CategoryLink } from '../showing/category-path.ts';
import { CURRENCIES, CurrencySchema } from '../showing/currency.ts';
import { type Language, textIn } from '../showing/language.ts';
import { type Gathered, type Part, pipeline } from '../showing/pipeline.ts';
import type { Asked } from './page.ts';
import type { WebParts } from './parts.ts';

/** What every page shows around its own content. */
export const Shell = Type.Object({
  categories: Type.Array(CategoryLink),
  currencies: Type.Array(CurrencySchema),
});
export type Shell = Static<typeof Shell>;

export interface ShellPipeline {
  gather(asked: Asked): Promise<Gathered<Shell>>;
  /** The last that was gathered whole in a language, for when there is no time to ask. */
  last(language: Language): Shell | undefined;
}

/** Gathers the shell: the categories at the top, and the currencies. Without the catalogue a page still has its frame. */
export function shellPipeline(parts: WebParts): ShellPipeline {
  const ask: Client<typeof catalog> = parts.client(catalog);
  const last = new Map<Language, Shell>();
  const categories: Part<null, Asked, Shell['categories']> = {
    deadlineMs: 1_000,
    fallback: [],
    async load(_found, { language }) {
      const answer = answerOf(await ask.categories({}, { timeoutMs: 300 }));
      return answer.categories
        .filter(({ parentId }) => parentId === undefined)
        .map(({ categoryId, name }) => ({ categoryId, name: textIn(name, language) }));
    },
  };
  const gather = pipeline<Asked, null, { categories: Shell['categories'] }, Shell>(
    {
      find: { deadlineMs: 1_000, load: async () => null },
      enrich: { categories },
      present: (_found, { categories: links }) => ({ categories: links, currencies: [...CURRENCIES] }),
      tags: () => ['categories'],
    },
    parts,
  );
  return {
    async gather(asked) {
      const gathered = await gather(asked);
      if (gathered.keep) last.set(asked.language, gathered.view);
      return gathered;
    },
    last: (language) => last.get(language),
  };
}
