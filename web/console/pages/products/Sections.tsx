import { Link } from '@tanstack/react-router';
import { useWords } from '../../language.tsx';
import { Tabs } from '../../parts/Tabs.tsx';
import { productWords } from './words.ts';

/** Products, stock and import. */
export function ProductSections() {
  const words = useWords(productWords);
  const exact = { exact: true, includeSearch: false } as const;
  return (
    <Tabs label={words.sections}>
      <Link to="/products" activeOptions={exact}>
        {words.products}
      </Link>
      <Link to="/products/stock" activeOptions={exact}>
        {words.stock}
      </Link>
      <Link to="/products/import" activeOptions={exact}>
        {words.import}
      </Link>
    </Tabs>
  );
}
