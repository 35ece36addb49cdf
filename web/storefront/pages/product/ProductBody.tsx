import { Button } from '../../../design/Button.tsx';
import { Picture } from '../../../design/Picture.tsx';
import { Price } from '../../../design/Price.tsx';
import { usePage } from '../../page-context.tsx';
import { Breadcrumbs } from '../../shell/Breadcrumbs.tsx';
import styles from './product.module.css';
import type { ProductView } from './view.ts';

/** A product: pictures, price, variants, stock and its seller. */
export function ProductBody({ view }: { readonly view: ProductView }) {
  const { language, currency, words } = usePage();
  const [image] = view.images;
  return (
    <div className={styles.page}>
      <Breadcrumbs
        links={view.categories.map(({ categoryId, name }) => ({ href: `/c/${categoryId}`, name }))}
        here={view.title}
      />
      <div className={styles.product}>
        <div>
          {image === undefined ? null : (
            <Picture src={image} alt={view.title} sizes="(min-width: 60rem) 36rem, 100vw" first />
          )}
        </div>
        <div className={styles.facts}>
          <h1>{view.title}</h1>
          {view.seller === null ? null : (
            <p className={styles.seller}>
              {words.product.soldBy} {view.seller.name}
            </p>
          )}
          <ul className={styles.variants}>
            {view.variants.map(({ sku, options, price, availability }) => (
              <li key={sku} className={styles.variant}>
                <span>{options.map(({ value }) => value).join(' · ') || view.title}</span>
                {price === null ? (
                  <span>{words.product.notInCurrency(currency)}</span>
                ) : (
                  <Price money={price} language={language} className={styles.price} />
                )}
                <span className={styles.stock}>{words.product[availability]}</span>
              </li>
            ))}
          </ul>
          <Button kind="primary" wide disabled={view.availability === 'out_of_stock'}>
            {view.availability === 'out_of_stock' ? words.product.out_of_stock : words.product.addToCart}
          </Button>
          <h2 className="visually-hidden">{words.product.description}</h2>
          <p className={styles.description}>{view.description}</p>
        </div>
      </div>
    </div>
  );
}
