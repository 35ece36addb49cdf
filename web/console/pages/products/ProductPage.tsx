import { useQuery } from '@tanstack/react-query';
import { Link, useParams } from '@tanstack/react-router';
import { useState } from 'react';
import { useLanguage, useWords } from '../../language.tsx';
import { CopyId } from '../../parts/CopyId.tsx';
import { Page, Panel } from '../../parts/Page.tsx';
import { Answer } from '../../parts/states.tsx';
import { ProductForm } from './ProductForm.tsx';
import { productQuery } from './product-data.ts';
import styles from './products.module.css';
import { StockTable } from './StockTable.tsx';
import { productWords } from './words.ts';

/** A product as it is kept, to be changed. */
export function ProductPage() {
  const { productId } = useParams({ from: '/products/$productId' });
  const words = useWords(productWords);
  const { language } = useLanguage();
  const query = useQuery(productQuery(productId));
  const [round, setRound] = useState(0);
  const title = query.data?.title;
  return (
    <Page
      title={title === undefined ? words.edit : (title[language] ?? title.en ?? title.ko ?? productId)}
      lead={
        <span className={styles.line}>
          <CopyId id={productId} />
          <Link to="/products">{words.back}</Link>
        </span>
      }
    >
      <Answer query={query}>
        {(product) => (
          <>
            <ProductForm
              key={`${productId} ${round}`}
              kept={product}
              reload={async () => {
                await query.refetch();
                setRound(round + 1);
              }}
            />
            <Panel title={words.stockOf}>
              <StockTable skus={product.variants.map(({ sku }) => sku)} />
            </Panel>
          </>
        )}
      </Answer>
    </Page>
  );
}

/** A product that is not kept yet. */
export function NewProductPage() {
  const words = useWords(productWords);
  return (
    <Page title={words.newTitle} lead={<Link to="/products">{words.back}</Link>}>
      <ProductForm kept={undefined} reload={async () => {}} />
    </Page>
  );
}
