import { usePage } from '../page-context.tsx';
import { CategoryLinks } from './CategoryLinks.tsx';

/** What the shop is, and the ways to everything else. */
export function Footer() {
  const { language, path, words, href } = usePage();
  const other = language === 'ko' ? 'en' : 'ko';
  return (
    <footer className="footer">
      <div className="footer-row">
        <div className="footer-about">
          <p className="footer-name">
            <span lang="ko">장터</span> <span lang="en">Jangteo</span>
          </p>
          <p>{words.shell.footer}</p>
        </div>
        <nav aria-label={words.shell.shop}>
          <h2 className="footer-heading">{words.shell.shop}</h2>
          <CategoryLinks className="footer-list" />
        </nav>
        <nav aria-label={words.shell.help}>
          <h2 className="footer-heading">{words.shell.help}</h2>
          <ul className="footer-list">
            <li>
              <a href={href('/cart')}>{words.shell.cart}</a>
            </li>
            <li>
              <a href={href('/orders')}>{words.shell.orders}</a>
            </li>
            <li>
              <a href="/developers">{words.shell.forDevelopers}</a>
            </li>
            <li>
              <a href={`/${other}${path}`} hrefLang={other} lang={other}>
                {words.shell.otherLanguage}
              </a>
            </li>
          </ul>
        </nav>
      </div>
    </footer>
  );
}
