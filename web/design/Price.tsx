import { formatMoney, type Money } from './money.ts';
import styles from './Price.module.css';

interface PriceProps {
  readonly money: Money;
  readonly language: string;
  readonly className?: string | undefined;
}

/** An amount of money in tabular numerals. */
export function Price({ money, language, className }: PriceProps) {
  return (
    <span className={[styles.price, className].filter(Boolean).join(' ')} suppressHydrationWarning>
      {formatMoney(money, language)}
    </span>
  );
}
