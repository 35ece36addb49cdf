import { CartButton } from '../cart/CartButton.tsx';
import { usePage } from '../page-context.tsx';
import { SearchBox } from '../search/SearchBox.tsx';
import { CategoryLinks } from './CategoryLinks.tsx';
import { CurrencyChoice } from './CurrencyChoice.tsx';
import { LanguageLink } from './LanguageLink.tsx';
import { Menu } from './Menu.tsx';

/** Wordmark, search, language, currency and cart; the categories below, on small screens in the menu. */
export function Header() {
  const { words, href } = usePage();
  return (
    <header className="header">
      <div className="header-row">
        <Menu />
        <a className="wordmark" href={href('/')}>
          <span lang="ko">장터</span> <span lang="en">Jangteo</span>
          <span className="visually-hidden">, {words.shell.home}</span>
        </a>
        <SearchBox />
        <div className="header-tools">
          <div className="header-wide">
            <CurrencyChoice id="currency" />
            <LanguageLink />
          </div>
          <CartButton />
        </div>
      </div>
      <nav className="header-categories header-wide" aria-label={words.shell.categories}>
        <CategoryLinks className="header-categories-list" />
      </nav>
    </header>
  );
}
