import { useWords } from '../../language.tsx';
import { Amount } from '../../parts/figures.tsx';
import type { ShownOrder } from './order-data.ts';
import styles from './orders.module.css';
import { orderWords } from './words.ts';

const NAMES = ['lines', 'shipping', 'discount', 'tax', 'total'] as const;

/** What goods, shipping and tax come to. */
export function Totals({ totals }: { readonly totals: ShownOrder['totals'] }) {
  const { amounts } = useWords(orderWords);
  const told = NAMES.filter((name) => name !== 'discount' || totals.discount.amount !== 0);
  return (
    <dl className={styles.totals}>
      {told.map((name) => (
        <div key={name}>
          <dt>{amounts[name]}</dt>
          <dd>
            <Amount money={totals[name]} />
          </dd>
        </div>
      ))}
    </dl>
  );
}
