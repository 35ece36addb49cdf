import { usePage } from '../page-context.tsx';

interface BreadcrumbsProps {
  /** From the front page down; `href` is an address after `/{language}`. */
  readonly links: readonly { readonly href: string; readonly name: string }[];
  /** The page itself. */
  readonly here: string;
}

/** The way from the front page to this one. */
export function Breadcrumbs({ links, here }: BreadcrumbsProps) {
  const { words, href } = usePage();
  return (
    <nav className="breadcrumbs" aria-label={words.shell.breadcrumbs}>
      <ol className="breadcrumbs-list">
        {[{ href: '/', name: words.shell.name }, ...links].map((link) => (
          <li key={link.href}>
            <a href={href(link.href)}>{link.name}</a>
          </li>
        ))}
        <li aria-current="page">{here}</li>
      </ol>
    </nav>
  );
}
