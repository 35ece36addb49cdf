import { useLanguage, useWords } from '../../language.tsx';
import type { Choosable, Chosen } from './choosing.ts';
import styles from './orders.module.css';
import { orderWords } from './words.ts';

interface LinesPickerProps {
  readonly lines: readonly Choosable[];
  readonly chosen: Chosen;
  readonly onChoose: (chosen: Chosen) => void;
}

/** How many pieces of each SKU are meant. */
export function LinesPicker({ lines, chosen, onChoose }: LinesPickerProps) {
  const words = useWords(orderWords);
  const { language } = useLanguage();
  return (
    <fieldset className={styles.lines}>
      <legend className="visually-hidden">{words.pieces}</legend>
      {lines.map(({ sku, title, most }) => (
        <div key={sku} className={styles.line}>
          <span>
            {title[language] ?? title.en ?? title.ko} <code translate="no">{sku}</code>{' '}
            <span className={styles.soft}>≤ {most}</span>
          </span>
          <input
            type="number"
            min={0}
            max={most}
            step={1}
            inputMode="numeric"
            aria-label={words.howMany(sku, most)}
            value={chosen[sku] ?? 0}
            onChange={(event) => onChoose({ ...chosen, [sku]: Math.trunc(Number(event.target.value)) })}
          />
        </div>
      ))}
    </fieldset>
  );
}
