import { useEffect, useRef } from 'react';
import { Button } from '../../design/Button.tsx';
import { usePage } from '../page-context.tsx';
import { amountField } from './chosen.ts';
import styles from './filters.module.css';
import { isColour, Swatch } from './Swatch.tsx';
import type { ChoiceView, FacetsView, ListingView } from './view.ts';

export const FILTERS = 'filters';
const SHEET = 'filter-sheet';
/** Where the filters stand beside the list and a choice takes effect at once; below, they are a sheet with a button. */
const BESIDE = '(min-width: 64rem)';

/** Opens the sheet on small screens: a popover, so it needs no script. */
export function FiltersButton({ narrowed }: { readonly narrowed: number }) {
  const { words } = usePage();
  return (
    <button type="button" className={styles.open} popoverTarget={SHEET}>
      {narrowed === 0 ? words.browse.filters : words.browse.filtersChosen(narrowed)}
    </button>
  );
}

/** What a list can be narrowed by: a form that asks for the page anew. */
export function Filters({ listing, facets }: { readonly listing: ListingView; readonly facets: FacetsView }) {
  const { path, currency, words, href } = usePage();
  const form = useRef<HTMLFormElement>(null);
  const [address = '/', query = ''] = path.split('?');
  const q = new URLSearchParams(query).get('q');

  useEffect(() => withoutEmpty(form.current), []);

  const changed = () => {
    if (matchMedia(BESIDE).matches) form.current?.requestSubmit();
  };

  return (
    <section className={styles.sheet} id={SHEET} popover="auto" aria-label={words.browse.filters}>
      <form ref={form} id={FILTERS} className={styles.form} action={href(address)} method="get" onChange={changed}>
        <div className={styles.head}>
          <p className={styles.heading}>{words.browse.filters}</p>
          <button type="button" className={styles.close} popoverTarget={SHEET} popoverTargetAction="hide">
            <span aria-hidden="true">✕</span>
            <span className="visually-hidden">{words.browse.closeFilters}</span>
          </button>
        </div>
        {q === null ? null : <input type="hidden" name="q" value={q} />}
        <fieldset className={styles.group}>
          <legend>{words.browse.availability}</legend>
          <label className={styles.choice}>
            <input type="checkbox" name="available" value="1" defaultChecked={listing.available} />
            <span className={styles.name}>{words.browse.availableOnly}</span>
            <span className={styles.count}>{facets.available}</span>
          </label>
        </fieldset>
        {facets.options.map(({ name, values }) => (
          <fieldset key={name} className={styles.group}>
            <legend>{words.options.name(name)}</legend>
            {values.map((choice) => (
              <label key={choice.value} className={styles.choice}>
                <input
                  type="checkbox"
                  name="option"
                  value={`${name}:${choice.value}`}
                  defaultChecked={choice.isChosen}
                />
                {isColour(choice.value) ? <Swatch colour={choice.value} /> : null}
                <span className={styles.name}>{words.options.value(choice.value)}</span>
                <span className={styles.count}>{choice.count}</span>
              </label>
            ))}
          </fieldset>
        ))}
        <PriceRange listing={listing} facets={facets} currency={currency} />
        <Sellers sellers={facets.sellers} />
        <div className={styles.apply}>
          <Button type="submit" kind="primary" wide>
            {words.browse.apply}
          </Button>
        </div>
      </form>
    </section>
  );
}

function PriceRange({
  listing,
  facets,
  currency,
}: {
  readonly currency: string;
  readonly listing: ListingView;
  readonly facets: FacetsView;
}) {
  const { words } = usePage();
  if (
    facets.price === null ||
    (facets.price.lowest === facets.price.highest && listing.from === null && listing.to === null)
  )
    return null;
  const { lowest, highest } = facets.price;
  const digits = /[.,]/.test(amountField({ amount: 1, currency }));
  const field = (name: 'from' | 'to', label: string, hint: number) => (
    <label className={styles.amount}>
      <span className="visually-hidden">{label}</span>
      <input
        name={name}
        inputMode={digits ? 'decimal' : 'numeric'}
        pattern={digits ? '[0-9]{1,9}([.,][0-9]{1,2})?' : '[0-9]{1,9}'}
        maxLength={12}
        autoComplete="off"
        placeholder={amountField({ amount: hint, currency })}
        defaultValue={amountField(listing[name])}
      />
    </label>
  );
  return (
    <fieldset className={styles.group}>
      <legend>
        {words.browse.price} ({currency})
      </legend>
      <input type="hidden" name="in" value={currency} />
      <div className={styles.range}>
        {field('from', words.browse.priceFrom, lowest)}
        <span aria-hidden="true">–</span>
        {field('to', words.browse.priceTo, highest)}
      </div>
    </fieldset>
  );
}

const MOST_SELLERS = 20;

/** One seller or all of them. */
function Sellers({ sellers }: { readonly sellers: readonly ChoiceView[] }) {
  const { words } = usePage();
  const chosen = sellers.find(({ isChosen }) => isChosen);
  if (sellers.length < 2 && chosen === undefined) return null;
  const shown = sellers.filter((each, index) => each.isChosen || index < MOST_SELLERS);
  const choice = (value: string, name: string, count: number | undefined, isChosen: boolean) => (
    <label key={value} className={styles.choice}>
      <input type="radio" name="seller" value={value} defaultChecked={isChosen} />
      <span className={styles.name}>{name}</span>
      {count === undefined ? null : <span className={styles.count}>{count}</span>}
    </label>
  );
  return (
    <fieldset className={styles.group}>
      <legend>{words.browse.seller}</legend>
      {choice('', words.browse.allSellers, undefined, chosen === undefined)}
      {shown.map(({ value, name, count, isChosen }) => choice(value, name, count, isChosen))}
    </fieldset>
  );
}

/** Fields that nobody filled in stay out of the address, and prices' currency with them. */
function withoutEmpty(form: HTMLFormElement | null): (() => void) | undefined {
  if (form === null) return undefined;
  const prune = ({ formData }: FormDataEvent) => {
    for (const name of ['from', 'to', 'seller']) if (formData.get(name) === '') formData.delete(name);
    if (!formData.has('from') && !formData.has('to')) formData.delete('in');
  };
  form.addEventListener('formdata', prune);
  return () => form.removeEventListener('formdata', prune);
}
