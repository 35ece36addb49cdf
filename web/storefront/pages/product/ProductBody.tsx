import { ProductGrid } from '../../listing/ProductGrid.tsx';
import { usePage } from '../../page-context.tsx';
import { Breadcrumbs } from '../../shell/Breadcrumbs.tsx';
import { BuyForm } from './BuyForm.tsx';
import { Gallery } from './Gallery.tsx';
import styles from './product.module.css';
import type { ProductView } from './view.ts';

/** A product: pictures, variants with their price and stock, its seller, and what stands beside it. */
export function ProductBody({ view }: { readonly view: ProductView }) {
  const { words, href } = usePage();
  const { seller } = view;
  return (
    <div className={styles.page}>
      <Breadcrumbs
        links={view.categories.map(({ categoryId, name }) => ({ href: `/c/${categoryId}`, name }))}
        here={view.title}
      />
      <div className={styles.product}>
        <Gallery images={view.images} title={view.title} />
        <div className={styles.facts}>
          <div className={styles.names}>
            <h1>{view.title}</h1>
            {seller === null ? null : (
              <p className={styles.seller}>
                {words.product.soldBy} <a href={href(`/search?seller=${seller.sellerId}`)}>{seller.name}</a>
              </p>
            )}
          </div>
          <BuyForm view={view} />
          <section className={styles.about}>
            <h2>{words.product.description}</h2>
            {view.description.split(/\n{2,}/).map((paragraph) => (
              <p key={paragraph}>{paragraph}</p>
            ))}
          </section>
          <ul className={styles.promises}>
            <li>{words.product.delivery}</li>
            <li>{words.product.payment}</li>
          </ul>
        </div>
      </div>
      {view.fromSeller.length === 0 ? null : (
        <section className={styles.others}>
          <div className={styles.othersHead}>
            <h2>{seller === null ? words.product.fromThisSeller : words.product.fromSeller(seller.name)}</h2>
            {seller === null ? null : (
              <a href={href(`/search?seller=${seller.sellerId}`)}>{words.product.allFromSeller}</a>
            )}
          </div>
          <ProductGrid products={view.fromSeller} />
        </section>
      )}
      {view.related.length === 0 ? null : (
        <section className={styles.others}>
          <h2>{words.product.related}</h2>
          <ProductGrid products={view.related} />
        </section>
      )}
    </div>
  );
}
