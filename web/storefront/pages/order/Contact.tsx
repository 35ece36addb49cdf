import { usePage } from '../../page-context.tsx';
import styles from './order.module.css';
import type { KnownOrder } from './view.ts';

/** Where an order goes, in the order in which people of its country write it. */
export function Contact({ contact }: Pick<KnownOrder, 'contact'>) {
  const { language, words } = usePage();
  if (contact === null) return <p>{words.orders.noContact}</p>;
  const { name, line1, line2, city, postalCode, country } = contact.address;
  const countryName = new Intl.DisplayNames(language, { type: 'region' }).of(country) ?? country;
  const lines =
    country === 'KR'
      ? [name, `(${postalCode}) ${city}`, line1, line2, countryName]
      : [name, line1, line2, `${city} ${postalCode}`, countryName];
  return (
    <section aria-labelledby="order-contact">
      <h2 id="order-contact">{words.orders.deliverTo}</h2>
      <address className={styles.address} suppressHydrationWarning>
        {lines.map((line) =>
          line === undefined ? null : (
            <span key={line} suppressHydrationWarning>
              {line}
            </span>
          ),
        )}
        <span className={styles.soft}>{contact.email}</span>
      </address>
    </section>
  );
}
