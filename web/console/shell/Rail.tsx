import { Link } from '@tanstack/react-router';
import { useWords } from '../language.tsx';
import { NAVIGATION } from './navigation.ts';
import styles from './Shell.module.css';
import { shellWords } from './words.ts';

/** The way to every page. `onChosen` closes the drawer that holds it on a phone. */
export function Rail({ onChosen }: { readonly onChosen?: () => void }) {
  const words = useWords(shellWords);
  return (
    <nav className={styles.nav} aria-label={words.navigation}>
      {NAVIGATION.map(({ group, pages }) => (
        <div key={group}>
          <p className={styles.group} id={`nav-${group}`}>
            {words.groups[group]}
          </p>
          <ul className={styles.links} aria-labelledby={`nav-${group}`}>
            {pages.map(({ page, to, icon: Icon }) => (
              <li key={page}>
                <Link
                  to={to}
                  className={styles.link}
                  activeOptions={{ exact: to === '/', includeSearch: false }}
                  {...(onChosen && { onClick: onChosen })}
                >
                  <Icon size={16} strokeWidth={1.75} aria-hidden="true" />
                  {words.pages[page]}
                </Link>
              </li>
            ))}
          </ul>
        </div>
      ))}
    </nav>
  );
}
