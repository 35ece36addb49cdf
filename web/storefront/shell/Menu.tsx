import { useEffect, useRef } from 'react';
import { usePage } from '../page-context.tsx';
import { CategoryLinks } from './CategoryLinks.tsx';
import { CurrencyChoice } from './CurrencyChoice.tsx';
import { MenuIcon } from './icons.tsx';
import { LanguageLink } from './LanguageLink.tsx';

/** On small screens: categories, orders, language and currency. Opens without scripts; with them Escape and a click beside it close it. */
export function Menu() {
  const { words, href } = usePage();
  const menu = useRef<HTMLDetailsElement>(null);

  useEffect(() => {
    const close = (event: Event) => {
      const { current } = menu;
      if (current === null || !current.open) return;
      if (event instanceof KeyboardEvent) {
        if (event.key !== 'Escape') return;
        current.querySelector('summary')?.focus();
      } else if (current.contains(event.target as Node)) return;
      current.open = false;
    };
    document.addEventListener('keydown', close);
    document.addEventListener('pointerdown', close);
    return () => {
      document.removeEventListener('keydown', close);
      document.removeEventListener('pointerdown', close);
    };
  }, []);

  return (
    <details className="menu" ref={menu}>
      <summary aria-label={words.shell.menu}>
        <MenuIcon />
      </summary>
      <div className="menu-panel">
        <nav aria-label={words.shell.categories}>
          <CategoryLinks className="menu-list" />
        </nav>
        <ul className="menu-list menu-more">
          <li>
            <a href={href('/orders')}>{words.shell.orders}</a>
          </li>
        </ul>
        <div className="menu-choices">
          <LanguageLink />
          <CurrencyChoice id="menu-currency" />
        </div>
      </div>
    </details>
  );
}
