import { usePage } from '../page-context.tsx';
import { addressWith, pageNumbers } from './address.ts';
import styles from './paging.module.css';

/** The pages of a list as real links. */
export function Paging({ page, pages }: { readonly page: number; readonly pages: number }) {
  const { path, words, href } = usePage();
  if (pages < 2) return null;
  const at = (number: number) => href(addressWith(path, { page: number === 1 ? undefined : String(number) }));
  return (
    <nav className={styles.paging} aria-label={words.browse.pages}>
      {page > 1 ? (
        <a className={styles.step} href={at(page - 1)} rel="prev">
          {words.browse.previous}
        </a>
      ) : null}
      <ol className={styles.numbers}>
        {pageNumbers(page, pages).map((number, index) => (
          <li key={number ?? `gap ${index}`}>
            {number === null ? (
              <span className={styles.gap} aria-hidden="true">
                …
              </span>
            ) : (
              <a
                href={at(number)}
                aria-label={words.browse.pageNumber(number)}
                aria-current={number === page ? 'page' : undefined}
              >
                {number}
              </a>
            )}
          </li>
        ))}
      </ol>
      <p className={styles.where}>{words.browse.pageOf(page, pages)}</p>
      {page < pages ? (
        <a className={styles.step} href={at(page + 1)} rel="next">
          {words.browse.next}
        </a>
      ) : null}
    </nav>
  );
}
