import { type Static, Type } from 'typebox';
import { catalog } from '../../contracts/catalog.ts';
import type { Client } from '../../kernel/contract.ts';
import { answerOf } from '../../platform/http/problem.ts';
import { CURRENCIES, CurrencySchema } from './currency.ts';
import { textIn } from './language.ts';
import type { Asked } from './page.ts';
import type { WebParts } from './parts.ts';
import { type Part, pipeline } from './pipeline.ts';

export const CategoryLink = Type.Object({ categoryId: Type.String(), name: Type.String() });

/** What every page shows around its own content. */
export const Shell = Type.Object({
  categories: Type.Array(CategoryLink),
  currencies: Type.Array(CurrencySchema),
});
export type Shell = Static<typeof Shell>;

/** Gathers the shell: the categories at the top, and the currencies. Without the catalogue a page still has its frame. */
export function shellPipeline(parts: WebParts) {
  const ask: Client<typeof catalog> = parts.client(catalog);
  const categories: Part<null, Asked, Shell['categories']> = {
    deadlineMs: 300,
    fallback: [],
    async load(_found, { language }) {
      const answer = answerOf(await ask.categories({}, { timeoutMs: 300 }));
      return answer.categories
        .filter(({ parentId }) => parentId === undefined)
        .map(({ categoryId, name }) => ({ categoryId, name: textIn(name, language) }));
    },
  };
  return pipeline<Asked, null, { categories: Shell['categories'] }, Shell>(
    {
      find: { deadlineMs: 1_000, load: async () => null },
      enrich: { categories },
      present: (_found, { categories: links }) => ({ categories: links, currencies: [...CURRENCIES] }),
      tags: () => ['categories'],
    },
    parts,
  );
}
