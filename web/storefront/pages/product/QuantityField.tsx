import { useRef } from 'react';
import { usePage } from '../../page-context.tsx';
import styles from './buy.module.css';

const MOST = 10_000;

/** How many: a field, with a button on each side where there are scripts. */
export function QuantityField({ disabled }: { readonly disabled: boolean }) {
  const { words } = usePage();
  const field = useRef<HTMLInputElement>(null);
  const step = (by: 1 | -1) => {
    const input = field.current;
    if (input !== null) input.value = String(Math.max(1, Math.min(MOST, (Number(input.value) || 1) + by)));
  };
  return (
    <div className={styles.quantity}>
      <button type="button" aria-label={words.product.less} disabled={disabled} onClick={() => step(-1)}>
        <span aria-hidden="true">−</span>
      </button>
      <input
        ref={field}
        name="quantity"
        aria-label={words.product.quantity}
        defaultValue="1"
        inputMode="numeric"
        pattern="[0-9]{1,5}"
        maxLength={5}
        required
        autoComplete="off"
        disabled={disabled}
      />
      <button type="button" aria-label={words.product.more} disabled={disabled} onClick={() => step(1)}>
        <span aria-hidden="true">+</span>
      </button>
    </div>
  );
}
