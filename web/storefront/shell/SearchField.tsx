import { usePage } from '../page-context.tsx';
import { SearchIcon } from './icons.tsx';

/** Finds products: a form that needs no script. */
export function SearchField() {
  const { words, href } = usePage();
  return (
    <search className="header-search">
      <form action={href('/search')} method="get">
        <label className="visually-hidden" htmlFor="header-q">
          {words.shell.searchLabel}
        </label>
        <input
          id="header-q"
          name="q"
          type="search"
          placeholder={words.shell.searchPlaceholder}
          autoComplete="off"
          maxLength={200}
        />
        <button type="submit" aria-label={words.shell.search}>
          <SearchIcon />
        </button>
      </form>
    </search>
  );
}
