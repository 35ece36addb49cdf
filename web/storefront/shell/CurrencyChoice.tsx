import { usePage } from '../page-context.tsx';

/** Chooses the currency: with scripts at once, without by its button. */
export function CurrencyChoice({ id }: { readonly id: string }) {
  const { currency, path, words, href, shell } = usePage();
  const [address = '/', query = ''] = path.split('?');
  return (
    <form className="currency" action={href(address)} method="get">
      {[...new URLSearchParams(query)].map(([name, value]) => (
        <input key={`${name}=${value}`} type="hidden" name={name} value={value} />
      ))}
      <label className="visually-hidden" htmlFor={id}>
        {words.shell.currency}
      </label>
      <select
        id={id}
        name="currency"
        defaultValue={currency}
        onChange={(event) => event.currentTarget.form?.requestSubmit()}
      >
        {shell.currencies.map((each) => (
          <option key={each} value={each}>
            {each}
          </option>
        ))}
      </select>
      <noscript>
        <button type="submit">{words.shell.setCurrency}</button>
      </noscript>
    </form>
  );
}
