import { usePage } from '../page-context.tsx';

/** The same page in the other language. */
export function LanguageLink() {
  const { language, path, words } = usePage();
  const other = language === 'ko' ? 'en' : 'ko';
  return (
    <a className="header-tool" href={`/${other}${path}`} hrefLang={other} lang={other}>
      {words.shell.otherLanguage}
    </a>
  );
}
