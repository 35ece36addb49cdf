import { Link, useNavigate, useSearch } from '@tanstack/react-router';
import { ButtonLink } from '../../../design/Button.tsx';
import { useLanguage, useWords } from '../../language.tsx';
import { given } from '../../parts/address.ts';
import { Badge } from '../../parts/Badge.tsx';
import { CopyId } from '../../parts/CopyId.tsx';
import { Filters, Select } from '../../parts/controls.tsx';
import { DataTable } from '../../parts/DataTable.tsx';
import { Amount } from '../../parts/figures.tsx';
import { SearchForm } from '../../parts/inputs.tsx';
import { Page } from '../../parts/Page.tsx';
import { Paged, usePages } from '../../parts/paging.tsx';
import { When } from '../../parts/When.tsx';
import { shellWords } from '../../shell/words.ts';
import { listProducts } from './product-data.ts';
import styles from './products.module.css';
import type { ProductSearch } from './routes.ts';
import { ProductSections } from './Sections.tsx';
import { productWords } from './words.ts';

export function ProductsPage() {
  const { pages: titles } = useWords(shellWords);
  const words = useWords(productWords);
  const { language } = useLanguage();
  const search = useSearch({ from: '/products' });
  const navigate = useNavigate();
  const narrow = (change: { readonly [Name in keyof ProductSearch]?: ProductSearch[Name] | undefined }) =>
    void navigate({ to: '/products', search: given({ ...search, ...change }) as ProductSearch });
  const pages = usePages(['products', search], (cursor) => listProducts(search, cursor));
  return (
    <Page
      title={titles.products}
      actions={
        <ButtonLink kind="primary" size="small" href="/console/products/new">
          {words.add}
        </ButtonLink>
      }
    >
      <ProductSections />
      <Filters label={words.narrow}>
        <SearchForm
          label={words.search}
          placeholder={words.searchHint}
          submit={words.find}
          value={search.q ?? ''}
          onSearch={(q) => narrow({ q, status: undefined })}
        />
        <Select
          label={words.status}
          value={search.status ?? ''}
          options={[
            { value: '' as const, label: words.onSale },
            { value: 'withdrawn' as const, label: words.withdrawn },
          ]}
          onChange={(status) => narrow({ q: undefined, status: status === '' ? undefined : status })}
        />
        <SearchForm
          label={words.sellerId}
          placeholder="pottery"
          submit={words.find}
          narrow
          value={search.seller ?? ''}
          onSearch={(seller) => narrow({ seller })}
        />
      </Filters>
      <Paged pages={pages}>
        {(products) => (
          <DataTable
            caption={words.list}
            rows={products}
            keyOf={({ productId }) => productId}
            empty={words.none}
            columns={[
              {
                key: 'product',
                head: words.product,
                cell: ({ productId, title, image }) => (
                  <span className={styles.picture}>
                    {image === undefined ? null : <img src={image} alt="" loading="lazy" />}
                    <Link to="/products/$productId" params={{ productId }}>
                      {title[language] ?? title.en ?? title.ko ?? productId}
                    </Link>
                  </span>
                ),
              },
              { key: 'id', head: words.id, cell: ({ productId }) => <CopyId id={productId} /> },
              {
                key: 'seller',
                head: words.seller,
                cell: ({ sellerId }) => (
                  <Link to="/products" search={{ seller: sellerId }}>
                    {sellerId}
                  </Link>
                ),
              },
              {
                key: 'status',
                head: words.status,
                cell: ({ onSale }) => (
                  <Badge tone={onSale ? 'good' : 'neutral'}>{onSale ? words.onSale : words.withdrawn}</Badge>
                ),
              },
              { key: 'skus', head: words.skus, align: 'end', cell: ({ skus }) => skus ?? '' },
              {
                key: 'changed',
                head: words.changed,
                cell: ({ changedAt }) => (changedAt === undefined ? '' : <When at={changedAt} />),
              },
              {
                key: 'prices',
                head: words.prices,
                align: 'end',
                cell: ({ prices }) => (
                  <span className={styles.prices}>
                    {prices.map((price) => (
                      <Amount key={price.currency} money={price} />
                    ))}
                  </span>
                ),
              },
            ]}
          />
        )}
      </Paged>
    </Page>
  );
}
