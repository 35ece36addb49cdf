import { usePage } from '../page-context.tsx';
import { CurrencyChoice } from './CurrencyChoice.tsx';
import { CartIcon, SearchIcon } from './icons.tsx';

/** Wordmark, search, language, currency and cart; the categories below. */
export function Header() {
  const { language, path, words, href, shell } = usePage();
  const other = language === 'ko' ? 'en' : 'ko';
  return (
    <header className="header">
      <div className="header-row">
        <a className="wordmark" href={href('/')} aria-label={words.shell.home}>
          <span lang="ko">장터</span> <span lang="en">Jangteo</span>
        </a>
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
        <div className="header-tools">
          <CurrencyChoice />
          <a className="header-tool" href={`/${other}${path}`} hrefLang={other} lang={other}>
            {words.shell.otherLanguage}
          </a>
          <a className="header-tool" href={href('/cart')}>
            <CartIcon />
            <span>{words.shell.cart}</span>
          </a>
        </div>
      </div>
      <nav className="header-categories" aria-label={words.shell.categories}>
        <ul className="header-categories-list">
          {shell.categories.map(({ categoryId, name }) => (
            <li key={categoryId}>
              <a href={href(`/c/${categoryId}`)}>{name}</a>
            </li>
          ))}
        </ul>
      </nav>
    </header>
  );
}
