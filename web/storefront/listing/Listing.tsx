import type { ReactNode } from 'react';
import { ButtonLink } from '../../design/Button.tsx';
import { EmptyState } from '../../design/EmptyState.tsx';
import { Notice } from '../../design/Notice.tsx';
import { usePage } from '../page-context.tsx';
import { addressWith } from './address.ts';
import { chosenFilters, withoutFilters } from './chosen.ts';
import { FILTERS, Filters, FiltersButton } from './Filters.tsx';
import styles from './listing.module.css';
import { Paging } from './Paging.tsx';
import { ProductGrid } from './ProductGrid.tsx';
import type { ListingView } from './view.ts';

interface ListingProps {
  readonly listing: ListingView;
  /** Instead of a list that would hold nothing even without filters. */
  readonly empty: ReactNode;
  /** Whether the best match can be asked for: where there are words. */
  readonly hasWords?: boolean;
}

/** A list with its filters, sorting and pages: all of it links and a form, so that it works without scripts. */
export function Listing({ listing, empty, hasWords = false }: ListingProps) {
  const { path, words, href } = usePage();
  const { products, facets, narrowed, page, pages, total } = listing;
  if (products.length === 0 && page > 1 && total > 0)
    return (
      <EmptyState
        title={words.browse.beyond}
        action={<ButtonLink href={href(addressWith(path, { page: undefined }))}>{words.browse.firstPage}</ButtonLink>}
      >
        <p>{words.browse.beyondText}</p>
      </EmptyState>
    );
  if (facets === null)
    return (
      <div className={styles.plain}>
        <Notice kind="warning" title={words.browse.noFacets}>
          <p>{products.length > 0 ? words.browse.noFacetsText : words.browse.noSearchText}</p>
          <p>
            <a href={href(path)}>{words.browse.tryAgain}</a>
          </p>
        </Notice>
        <ProductGrid products={products} level={2} first={4} />
      </div>
    );
  if (total === 0 && narrowed === 0) return empty;
  return (
    <div className={styles.listing}>
      <Filters listing={listing} facets={facets} />
      <div className={styles.results}>
        <div className={styles.toolbar}>
          <p className={styles.total}>{words.browse.productCount(total)}</p>
          <FiltersButton narrowed={narrowed} />
          <Sorting sort={listing.sort} hasWords={hasWords} />
        </div>
        <ChosenFilters listing={listing} />
        {products.length === 0 ? (
          <EmptyState
            title={words.browse.nothing}
            action={<ButtonLink href={href(withoutFilters(path))}>{words.browse.clearAll}</ButtonLink>}
          >
            <p>{words.browse.nothingText}</p>
          </EmptyState>
        ) : (
          <>
            <h2 className="visually-hidden">{words.browse.products}</h2>
            <ProductGrid products={products} first={6} columns={3} />
          </>
        )}
        <Paging page={page} pages={pages} />
      </div>
    </div>
  );
}

function Sorting({ sort, hasWords }: { readonly sort: string; readonly hasWords: boolean }) {
  const { words } = usePage();
  return (
    <div className={styles.sorting}>
      <label htmlFor="sort" className={styles.sortLabel}>
        {words.browse.sort}
      </label>
      <select
        id="sort"
        name="sort"
        form={FILTERS}
        className={styles.sort}
        defaultValue={sort}
        onChange={(event) => event.currentTarget.form?.requestSubmit()}
      >
        {hasWords ? <option value="relevance">{words.browse.relevance}</option> : null}
        <option value="newest">{words.browse.newestFirst}</option>
        <option value="price_asc">{words.browse.price_asc}</option>
        <option value="price_desc">{words.browse.price_desc}</option>
      </select>
      <noscript>
        <button type="submit" form={FILTERS} className={styles.go}>
          {words.browse.apply}
        </button>
      </noscript>
    </div>
  );
}

function ChosenFilters({ listing }: { readonly listing: ListingView }) {
  const { language, path, words, href } = usePage();
  const chosen = chosenFilters(listing, path, words, language);
  if (chosen.length === 0) return null;
  return (
    <ul className={styles.chosen} aria-label={words.browse.filters}>
      {chosen.map(({ name, without }) => (
        <li key={`${name} ${without}`}>
          <a className={styles.chip} href={href(without)} aria-label={words.browse.remove(name)}>
            {name} <span aria-hidden="true">✕</span>
          </a>
        </li>
      ))}
      {chosen.length > 1 ? (
        <li>
          <a className={styles.clear} href={href(withoutFilters(path))}>
            {words.browse.clearAll}
          </a>
        </li>
      ) : null}
    </ul>
  );
}
