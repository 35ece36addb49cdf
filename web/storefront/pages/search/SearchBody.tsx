import { EmptyState } from '../../../design/EmptyState.tsx';
import { Listing } from '../../listing/Listing.tsx';
import { ProductGrid } from '../../listing/ProductGrid.tsx';
import { usePage } from '../../page-context.tsx';
import { Breadcrumbs } from '../../shell/Breadcrumbs.tsx';
import styles from './search.module.css';
import { searchTitle } from './title.ts';
import type { SearchView } from './view.ts';

/** Products by words; all of a seller's, or of the market's, without any. */
export function SearchBody({ view }: { readonly view: SearchView }) {
  const { words } = usePage();
  const title = searchTitle(view, words);
  const isEmpty = view.listing.total === 0 && view.listing.narrowed === 0 && view.listing.facets !== null;
  return (
    <div className={styles.page}>
      <Breadcrumbs links={[]} here={title} />
      {isEmpty ? null : <h1>{title}</h1>}
      <div className={styles.list}>
        <Listing listing={view.listing} hasWords={view.q !== ''} empty={<Nothing view={view} />} />
      </div>
    </div>
  );
}

function Nothing({ view }: { readonly view: SearchView }) {
  const { words, href, shell } = usePage();
  return (
    <>
      <EmptyState level={1} title={view.q === '' ? words.browse.emptyTitle : words.browse.noResults(view.q)}>
        <p>{view.q === '' ? words.browse.emptyText : words.browse.noResultsText}</p>
        <ul className={styles.categories} aria-label={words.browse.inCategories}>
          {shell.categories.map(({ categoryId, name }) => (
            <li key={categoryId}>
              <a href={href(`/c/${categoryId}`)}>{name}</a>
            </li>
          ))}
        </ul>
      </EmptyState>
      {view.instead.length === 0 ? null : (
        <section className={styles.instead}>
          <h2>{words.browse.instead}</h2>
          <ProductGrid products={view.instead.slice(0, 8)} />
        </section>
      )}
    </>
  );
}
