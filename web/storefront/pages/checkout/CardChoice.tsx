import type { ReactNode } from 'react';
import { usePage } from '../../page-context.tsx';
import styles from './checkout.module.css';
import type { Checkout } from './use-checkout.ts';

interface CardChoiceProps {
  readonly checkout: Checkout;
  readonly error: ReactNode;
}

/** The simulator's cards, told by what becomes of a payment with them. */
export function CardChoice({ checkout, error }: CardChoiceProps) {
  const { words } = usePage();
  const known = words.checkout.cards as Readonly<Record<string, { readonly name: string; readonly hint: string }>>;
  return (
    <div className={styles.cards}>
      {checkout.view.cards.map((token) => (
        <label key={token} className={styles.card}>
          <input
            type="radio"
            name="card"
            value={token}
            checked={checkout.values.card === token}
            onChange={() => checkout.type('card', token)}
            aria-describedby={`${token}-hint`}
          />
          <span className={styles.cardName}>{known[token]?.name ?? words.checkout.otherCard(token)}</span>
          <span className={styles.soft} id={`${token}-hint`}>
            {known[token]?.hint}
          </span>
        </label>
      ))}
      {error === undefined ? null : (
        <p className={styles.error} role="alert">
          {error}
        </p>
      )}
    </div>
  );
}
