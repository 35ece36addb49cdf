import { CheckIcon } from '../../cart/icons.tsx';
import { LocalTime } from '../../LocalTime.tsx';
import { usePage } from '../../page-context.tsx';
import styles from './progress.module.css';
import { stepsOf } from './steps.ts';
import type { KnownOrder } from './view.ts';

/** How far an order is, from placed to delivered, or to where it was cancelled. */
export function Progress({ order }: { readonly order: KnownOrder }) {
  const { words } = usePage();
  return (
    <ol className={styles.steps} aria-label={words.orders.progress}>
      {stepsOf(order).map(({ name, at, state }) => (
        <li
          key={name}
          className={styles.step}
          data-state={state}
          aria-current={state === 'current' ? 'step' : undefined}
        >
          <span className={styles.mark}>{state === 'ahead' ? null : <CheckIcon />}</span>
          <span className={styles.name}>{words.orders.steps[name]}</span>
          {at === null ? null : <LocalTime at={at} className={styles.time ?? ''} />}
        </li>
      ))}
    </ol>
  );
}
