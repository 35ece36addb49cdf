import type { ReactNode } from 'react';
import { ButtonLink } from '../../../design/Button.tsx';
import { EmptyState } from '../../../design/EmptyState.tsx';
import { Picture } from '../../../design/Picture.tsx';
import { ProductGrid } from '../../listing/ProductGrid.tsx';
import { usePage } from '../../page-context.tsx';
import { Hero } from './Hero.tsx';
import styles from './home.module.css';
import type { HomeView } from './view.ts';

/** The front page. */
export function HomeBody({ view }: { readonly view: HomeView }) {
  const { words, href } = usePage();
  const { newest, popular, categories, sellers } = view;
  return (
    <div className={styles.page}>
      <Hero view={view} />
      {categories.length === 0 ? null : (
        <section aria-labelledby="categories">
          <h2 id="categories" className="visually-hidden">
            {words.shell.categories}
          </h2>
          <ul className={styles.categories}>
            {categories.map(({ categoryId, name, image }) => (
              <li key={categoryId}>
                <a className={styles.category} href={href(`/c/${categoryId}`)}>
                  {image === null ? (
                    <span className={styles.blank} />
                  ) : (
                    <Picture src={image} alt="" sizes="(min-width: 60rem) 8.5rem, 25vw" />
                  )}
                  <span>{name}</span>
                </a>
              </li>
            ))}
          </ul>
        </section>
      )}
      {newest.length === 0 ? (
        <EmptyState title={words.browse.emptyTitle}>
          <p>{words.browse.emptyText}</p>
        </EmptyState>
      ) : (
        <Section id="new" title={words.browse.newest} more={href('/search?sort=newest')}>
          <ProductGrid products={newest} />
        </Section>
      )}
      {popular.length === 0 ? null : (
        <Section id="popular" title={words.browse.popular} text={words.browse.popularText}>
          <ProductGrid products={popular} />
        </Section>
      )}
      {sellers.length === 0 ? null : (
        <Section id="sellers" title={words.browse.sellers} text={words.browse.sellersText}>
          <ul className={styles.sellers}>
            {sellers.map(({ sellerId, name, products, images }) => (
              <li key={sellerId} className={styles.seller}>
                <div className={styles.shelf}>
                  {images.map((image) => (
                    <Picture key={image} src={image} alt="" sizes="(min-width: 60rem) 8rem, 28vw" />
                  ))}
                </div>
                <h3>
                  <a href={href(`/search?seller=${sellerId}`)}>{name}</a>
                </h3>
                <p className={styles.soft}>{words.browse.productCount(products)}</p>
              </li>
            ))}
          </ul>
        </Section>
      )}
    </div>
  );
}

interface SectionProps {
  readonly id: string;
  readonly title: string;
  readonly text?: string;
  readonly more?: string;
  readonly children: ReactNode;
}

function Section({ id, title, text, more, children }: SectionProps) {
  const { words } = usePage();
  return (
    <section className={styles.section} aria-labelledby={id}>
      <div className={styles.head}>
        <div>
          <h2 id={id}>{title}</h2>
          {text === undefined ? null : <p className={styles.soft}>{text}</p>}
        </div>
        {more === undefined ? null : (
          <ButtonLink kind="quiet" size="small" href={more}>
            {words.browse.all}
          </ButtonLink>
        )}
      </div>
      {children}
    </section>
  );
}
