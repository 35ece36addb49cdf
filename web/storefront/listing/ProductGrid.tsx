import styles from './card.module.css';
import { ProductCard } from './ProductCard.tsx';
import type { ProductCardView } from './view.ts';

interface ProductGridProps {
  readonly products: readonly ProductCardView[];
  readonly level?: 2 | 3;
  /** How many pictures are seen at once when the page opens. */
  readonly first?: number;
  /** Beside filters there is room for three. */
  readonly columns?: 3 | 4;
}

export function ProductGrid({ products, level = 3, first = 0, columns = 4 }: ProductGridProps) {
  return (
    <ul className={styles.grid} data-columns={columns}>
      {products.map((card, index) => (
        <li key={card.productId}>
          <ProductCard card={card} level={level} isFirst={index < first} />
        </li>
      ))}
    </ul>
  );
}
