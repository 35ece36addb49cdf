import { useNavigate, useSearch } from '@tanstack/react-router';
import { useWords } from '../../language.tsx';
import { given } from '../../parts/address.ts';
import { Filters, Select } from '../../parts/controls.tsx';
import { SearchForm } from '../../parts/inputs.tsx';
import { Page } from '../../parts/Page.tsx';
import { Paged, usePages } from '../../parts/paging.tsx';
import { adminApi, answerOf } from '../../server/client.ts';
import { shellWords } from '../../shell/words.ts';
import type { StockSearch } from './routes.ts';
import { ProductSections } from './Sections.tsx';
import { Levels } from './StockTable.tsx';
import { productWords } from './words.ts';

export function StockPage() {
  const { pages: titles } = useWords(shellWords);
  const words = useWords(productWords);
  const search = useSearch({ from: '/products/stock' });
  const navigate = useNavigate();
  const narrow = (change: { readonly [Name in keyof StockSearch]?: StockSearch[Name] | undefined }) =>
    void navigate({ to: '/products/stock', search: given({ ...search, ...change }) as StockSearch });
  const load = (cursor: string | undefined) =>
    answerOf(adminApi.GET('/v1/admin/stock', { params: { query: { limit: 50, ...given({ ...search, cursor }) } } }));
  const pages = usePages(['stock', search], load, { refetchInterval: 10_000 });
  return (
    <Page title={titles.products}>
      <ProductSections />
      <Filters label={words.narrow}>
        <SearchForm
          label={words.stockFind}
          placeholder="teapot"
          submit={words.find}
          value={search.prefix ?? ''}
          onSearch={(prefix) => narrow({ prefix })}
        />
        <Select
          label={words.availability}
          value={search.availability ?? ''}
          options={[
            { value: '' as const, label: words.all },
            { value: 'low_stock' as const, label: words.low },
            { value: 'out_of_stock' as const, label: words.out },
          ]}
          onChange={(availability) => narrow({ availability: availability === '' ? undefined : availability })}
        />
      </Filters>
      <Paged pages={pages}>{(levels) => <Levels levels={levels} />}</Paged>
    </Page>
  );
}
