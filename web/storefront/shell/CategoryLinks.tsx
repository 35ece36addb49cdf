import { usePage } from '../page-context.tsx';

/** The shop's main categories; the one that is open is marked. */
export function CategoryLinks({ className }: { readonly className: string }) {
  const { href, path, shell } = usePage();
  const here = path.split('?')[0];
  return (
    <ul className={className}>
      {shell.categories.map(({ categoryId, name }) => {
        const address = `/c/${categoryId}`;
        return (
          <li key={categoryId}>
            <a href={href(address)} aria-current={here === address ? 'page' : undefined}>
              {name}
            </a>
          </li>
        );
      })}
    </ul>
  );
}
