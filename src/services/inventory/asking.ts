import type { Intent } from '../../platform/event-store/aggregate.ts';
import type { StockCommand } from './decide.ts';

/** What is wished of a SKU; time and settings are added when it is asked. */
export type Wish = StockCommand extends infer Command
  ? Command extends StockCommand
    ? Omit<Command, 'sku' | 'now' | 'lowStockAt'>
    : never
  : never;

/** Makes the intent of a wish for a SKU, at the time of asking. */
export type Asking = (sku: string, wish: Wish) => Intent;
