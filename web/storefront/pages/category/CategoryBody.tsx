import { ButtonLink } from '../../../design/Button.tsx';
import { EmptyState } from '../../../design/EmptyState.tsx';
import { Listing } from '../../listing/Listing.tsx';
import { usePage } from '../../page-context.tsx';
import { Breadcrumbs } from '../../shell/Breadcrumbs.tsx';
import styles from './category.module.css';
import type { CategoryView } from './view.ts';

/** What a category lists. */
export function CategoryBody({ view }: { readonly view: CategoryView }) {
  const { words, href } = usePage();
  return (
    <div className={styles.page}>
      <Breadcrumbs
        links={view.within.map(({ categoryId, name }) => ({ href: `/c/${categoryId}`, name }))}
        here={view.name}
      />
      <h1>{view.name}</h1>
      {view.below.length === 0 ? null : (
        <ul className={styles.below}>
          {view.below.map(({ categoryId, name }) => (
            <li key={categoryId}>
              <a href={href(`/c/${categoryId}`)}>{name}</a>
            </li>
          ))}
        </ul>
      )}
      <div className={styles.list}>
        <Listing
          listing={view.listing}
          empty={
            <EmptyState
              title={words.browse.nothingInCategory}
              action={<ButtonLink href={href('/')}>{words.error.home}</ButtonLink>}
            >
              <p>{words.browse.nothingInCategoryText}</p>
            </EmptyState>
          }
        />
      </div>
    </div>
  );
}
