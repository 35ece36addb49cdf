import type { ViewDefinition } from '../../kernel/view.ts';

/** Which SKUs are stocked? Written once per SKU, so that selling costs this view nothing; counts are read from the stock itself. */
export const stockListView: ViewDefinition = {
  name: 'stock_list',
  version: 1,
  collection: { name: 'stock_list', fields: { sku: 'text' }, indexes: [['sku']] },
  types: ['StockCounted'],
  perStream: true,
  keysOf: (event) => [event.subject],
  apply: (document, event) => (document === undefined ? { sku: event.subject } : undefined),
};
