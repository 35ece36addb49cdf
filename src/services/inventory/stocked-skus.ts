import type { Availability } from '../../contracts/catalog.ts';
import { decodeCursor, encodeCursor } from '../../platform/http/cursor.ts';
import type { ServiceKit } from '../../platform/service/port.ts';
import type { StoredDocument } from '../../platform/storage/port.ts';
import { stockAlertsView } from './stock-alerts.view.ts';
import { stockListView } from './stock-list.view.ts';

interface Wishes {
  readonly limit: number;
  readonly cursor?: string;
  /** How the SKU begins. */
  readonly prefix?: string;
  /** Only what is running out: those that changed last first, and so of a prefix too. */
  readonly availability?: Exclude<Availability, 'in_stock'>;
}

interface Found {
  readonly skus: readonly string[];
  readonly nextCursor: string | null;
}

type Place = { readonly value: string | number; readonly key: string };

/** So many alerts are looked through for one page that narrows them further. */
const LOOKED_THROUGH = 1_000;
/** Follows every character that a SKU may hold. */
const LAST = '\x7f';

/** A page of the SKUs that are stocked, by name, or of those that are running out. Throws `invalid_cursor`. */
export async function stockedSkus(view: ServiceKit['view'], wishes: Wishes): Promise<Found> {
  const { limit, cursor, prefix = '', availability } = wishes;
  const list = `stock ${prefix} ${availability ?? ''}`;
  const after = decodeCursor(cursor, list) as Place | undefined;
  const start = after === undefined ? {} : { after };
  if (availability === undefined) {
    const range = { field: 'sku', ...(prefix === '' ? {} : { from: prefix, below: `${prefix}${LAST}` }) };
    const query = { where: {}, range, order: 'ascending' as const, limit: limit + 1, ...start };
    const { value } = await view(stockListView.name).query(query);
    return pageOf(value, limit, list, ({ key }) => ({ value: key, key }));
  }
  const query = { where: { open: 1 }, range: { field: 'since' }, order: 'descending' as const, ...start };
  const { value } = await view(stockAlertsView.name).query({ ...query, limit: LOOKED_THROUGH });
  const fitting = value.filter(({ key, body }) => key.startsWith(prefix) && body.availability === availability);
  const placeOf = ({ key, body }: StoredDocument) => ({ value: Number(body.since), key });
  const page = pageOf(fitting, limit, list, placeOf);
  const last = value.at(-1);
  if (page.nextCursor !== null || last === undefined || value.length < LOOKED_THROUGH) return page;
  return { ...page, nextCursor: encodeCursor(placeOf(last), list) };
}

function pageOf(
  found: readonly StoredDocument[],
  limit: number,
  list: string,
  placeOf: (document: StoredDocument) => Place,
): Found {
  const page = found.slice(0, limit);
  const last = found.length > limit ? page.at(-1) : undefined;
  return {
    skus: page.map(({ key }) => key),
    nextCursor: last === undefined ? null : encodeCursor({ ...placeOf(last) }, list),
  };
}
