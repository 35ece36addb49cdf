import type { Availability } from '../../contracts/catalog.ts';
import type { ViewDefinition } from '../../kernel/view.ts';

/** A SKU that is low or out, and since when (ms). */
export type StockAlert = {
  readonly sku: string;
  readonly availability: Availability;
  readonly since: number;
  /** Has a value in every document, so that they can all be listed by age. */
  readonly open: 1;
};

/** Which SKUs are running out, or have? Written only when the answer to "can I buy it?" changes. */
export const stockAlertsView: ViewDefinition = {
  name: 'stock_alerts',
  version: 1,
  collection: {
    name: 'stock_alerts',
    fields: { open: 'integer', since: 'integer' },
    indexes: [['open', 'since']],
  },
  types: ['AvailabilityChanged'],
  keysOf: (event) => [event.subject],
  apply(_document, { data, at }, sku): StockAlert | null {
    const availability = data.availability as Availability;
    return availability === 'in_stock' ? null : { sku, availability, since: at, open: 1 };
  },
};
