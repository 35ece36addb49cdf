import { useState } from 'react';
import { Button } from '../../../design/Button.tsx';
import { useWords } from '../../language.tsx';
import { TextInput } from '../../parts/inputs.tsx';
import type { Draft, DraftVariant } from './draft.ts';
import styles from './products.module.css';
import { productWords } from './words.ts';

interface VariantsProps {
  readonly draft: Draft;
  readonly errors: Readonly<Record<string, string>>;
  readonly onChange: (changes: Partial<Draft>) => void;
}

/** The variants of a product, each with its SKU, its options and a price in each currency. */
export function Variants({ draft: { variants, currencies }, errors, onChange }: VariantsProps) {
  const words = useWords(productWords);
  const replace = (index: number, changed: DraftVariant) =>
    onChange({ variants: variants.map((each, at) => (at === index ? changed : each)) });
  const add = () => {
    const id = Math.max(-1, ...variants.map((each) => each.id)) + 1;
    onChange({ variants: [...variants, { id, sku: '', options: '', prices: {} }] });
  };
  return (
    <div>
      {variants.map((variant, index) => (
        <fieldset key={variant.id} className={styles.variant}>
          <legend>{words.variant(index + 1)}</legend>
          <TextInput
            label={words.sku}
            value={variant.sku}
            error={errors[`variants/${index}/sku`]}
            onChange={({ target }) => replace(index, { ...variant, sku: target.value })}
          />
          <TextInput
            label={words.options}
            placeholder={words.optionsHint}
            value={variant.options}
            error={errors[`variants/${index}/options`]}
            onChange={({ target }) => replace(index, { ...variant, options: target.value })}
          />
          {currencies.map((currency) => (
            <TextInput
              key={currency}
              label={words.price(currency)}
              inputMode="decimal"
              value={variant.prices[currency] ?? ''}
              error={errors[`variants/${index}/prices/${currency}`]}
              onChange={({ target }) =>
                replace(index, { ...variant, prices: { ...variant.prices, [currency]: target.value } })
              }
            />
          ))}
          {variants.length > 1 ? (
            <div className={styles.removal}>
              <Button
                size="small"
                aria-label={words.removeVariant(variant.sku)}
                onClick={() => onChange({ variants: variants.filter((each) => each !== variant) })}
              >
                {words.remove}
              </Button>
            </div>
          ) : null}
        </fieldset>
      ))}
      <div className={styles.more}>
        <Button size="small" onClick={add}>
          {words.addVariant}
        </Button>
        <AddCurrency
          currencies={currencies}
          onAdd={(currency) => onChange({ currencies: [...currencies, currency] })}
        />
      </div>
    </div>
  );
}

interface AddCurrencyProps {
  readonly currencies: readonly string[];
  readonly onAdd: (currency: string) => void;
}

function AddCurrency({ currencies, onAdd }: AddCurrencyProps) {
  const words = useWords(productWords);
  const [text, setText] = useState('');
  const currency = text.trim().toUpperCase();
  const isOne = /^[A-Z]{3}$/.test(currency) && !currencies.includes(currency);
  return (
    <span className={styles.line}>
      <TextInput
        label={words.currency}
        value={text}
        maxLength={3}
        size={6}
        error={text.length === 3 && !/^[A-Z]{3}$/.test(currency) ? words.errors.currency : undefined}
        onChange={({ target }) => setText(target.value)}
      />
      <Button
        size="small"
        disabled={!isOne}
        onClick={() => {
          onAdd(currency);
          setText('');
        }}
      >
        {words.addCurrency}
      </Button>
    </span>
  );
}
