import type { Collection } from '../../kernel/view.ts';
import type { DocumentWrite } from '../../platform/storage/port.ts';
import { minuteOf } from './stock.ts';

/**
 * Which SKUs have reservations that run out in which minute. A mark is written with the first reservation of a SKU for that
 * minute, so the sweep asks an index and never walks the stock, and a hot SKU pays for one mark a minute.
 */
export const reservationsDue: Collection = {
  name: 'reservations_due',
  fields: { due_at: 'integer' },
  indexes: [['due_at']],
};

export interface DueMarks {
  /** The marks that a work which reserves `skus` until `expiresAt` must write; tell `written` once it is committed. */
  marksFor(
    skus: readonly string[],
    expiresAt: number,
  ): { readonly documents: readonly DocumentWrite[]; readonly written: () => void };
}

const MOST_REMEMBERED = 100_000;

/** Remembers the marks that this process has committed; one that it forgot is written once more, which changes nothing. */
export function dueMarks(): DueMarks {
  const known = new Set<string>();
  return {
    marksFor(skus, expiresAt) {
      const minute = minuteOf(expiresAt);
      const missing = skus.map((sku) => markKey(sku, minute)).filter((key) => !known.has(key));
      return {
        documents: missing.map((key) => ({
          collection: reservationsDue,
          generation: 0,
          key,
          body: { due_at: (minute + 1) * 60_000 },
        })),
        written() {
          if (known.size + missing.length > MOST_REMEMBERED) known.clear();
          for (const key of missing) known.add(key);
        },
      };
    },
  };
}

/** A mark that has been dealt with, as the write that removes it. */
export function removed(key: string): DocumentWrite {
  return { collection: reservationsDue, generation: 0, key, body: null };
}

/** The SKU that a mark’s key names. */
export function skuOfMark(key: string): string {
  return key.slice(key.indexOf('/') + 1);
}

function markKey(sku: string, minute: number): string {
  return `${minute}/${sku}`;
}
