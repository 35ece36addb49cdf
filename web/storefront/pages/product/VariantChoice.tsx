import { Price } from '../../../design/Price.tsx';
import { isColour, Swatch } from '../../listing/Swatch.tsx';
import { usePage } from '../../page-context.tsx';
import styles from './variants.module.css';
import { type Choices, choicesOf, choose, type OptionGroup, optionGroups, valueState, variantOf } from './variants.ts';
import type { VariantView } from './view.ts';

interface VariantChoiceProps {
  readonly variants: readonly VariantView[];
  readonly choices: Choices;
  readonly onChoose: (choices: Choices) => void;
}

/**
 * A group of radio buttons for each option. The form itself sends a SKU: with one option its buttons are the SKUs; with several, a
 * list of all variants does it, which is seen only where no script runs.
 */
export function VariantChoice({ variants, choices, onChoose }: VariantChoiceProps) {
  const groups = optionGroups(variants);
  const [first] = groups;
  const chosen = variantOf(variants, choices);
  if (first === undefined) return <input type="hidden" name="sku" value={chosen?.sku ?? ''} />;
  if (groups.length === 1)
    return (
      <Group
        group={first}
        input="sku"
        choices={choices}
        variants={variants}
        onChoose={onChoose}
        sent={(value) => variantOf(variants, { ...choices, [first.name]: value })?.sku ?? value}
      />
    );
  return (
    <>
      <div className={styles.scripted}>
        {groups.map((group) => (
          <Group
            key={group.name}
            group={group}
            input={`option-${group.name}`}
            choices={choices}
            variants={variants}
            onChoose={onChoose}
            sent={(value) => value}
          />
        ))}
      </div>
      <AllVariants variants={variants} chosen={chosen} onChoose={onChoose} />
    </>
  );
}

interface GroupProps extends VariantChoiceProps {
  readonly group: OptionGroup;
  readonly input: string;
  readonly sent: (value: string) => string;
}

function Group({ group: { name, values }, input, sent, variants, choices, onChoose }: GroupProps) {
  const { words } = usePage();
  return (
    <fieldset className={styles.group}>
      <legend>
        {words.options.name(name)}
        <span className={styles.now}>{words.options.value(choices[name] ?? '')}</span>
      </legend>
      <div className={styles.values}>
        {values.map((value) => {
          const state = valueState(variants, choices, name, value);
          return (
            <label key={value} className={styles.value} data-state={state}>
              <input
                type="radio"
                name={input}
                value={sent(value)}
                checked={choices[name] === value}
                onChange={() => onChoose(choose(variants, choices, name, value))}
              />
              {isColour(value) ? <Swatch colour={value} /> : null}
              <span>{words.options.value(value)}</span>
              {state === 'out_of_stock' ? (
                <span className="visually-hidden">, {words.product.out_of_stock}</span>
              ) : null}
              {state === 'missing' ? <span className="visually-hidden">, {words.product.noSuchVariant}</span> : null}
            </label>
          );
        })}
      </div>
    </fieldset>
  );
}

function AllVariants({
  variants,
  chosen,
  onChoose,
}: Omit<VariantChoiceProps, 'choices'> & { readonly chosen: VariantView | undefined }) {
  const { language, words } = usePage();
  return (
    <fieldset className={`${styles.group} ${styles.unscripted}`}>
      <legend>{words.product.variants}</legend>
      {variants.map((variant) => (
        <label key={variant.sku} className={styles.row}>
          <input
            type="radio"
            name="sku"
            value={variant.sku}
            checked={variant === chosen}
            onChange={() => onChoose(choicesOf(variant))}
          />
          <span>{variant.options.map(({ value }) => words.options.value(value)).join(' · ')}</span>
          <span className={styles.rowFacts}>
            {variant.price === null ? null : <Price money={variant.price} language={language} />}{' '}
            {words.product[variant.availability]}
          </span>
        </label>
      ))}
    </fieldset>
  );
}
