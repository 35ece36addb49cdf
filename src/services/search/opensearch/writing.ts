import { UnavailableFault } from '../../../platform/event-store/port.ts';
import type { Action, Fate, WriteBulk } from '../../../platform/opensearch/bulk.ts';
import type { Generation } from '../../../platform/opensearch/generations.ts';
import { type IndexEntry, RefusedEntries, type SkuAvailability } from '../port.ts';
import { documentOf } from './document.ts';
import { levelOf } from './levels.ts';
import { levelsScript, linkScript, mergeScript, putScript, removeScript, stockScript } from './scripts.ts';

/** Changes of one generation. All throw a LostGeneration when it is no more, and else what `WriteBulk` throws. */
export interface GenerationWriter {
  /** Throws RefusedEntries after the others were written. */
  put(entries: readonly IndexEntry[]): Promise<void>;
  remove(productId: string, version: number): Promise<void>;
  setAvailability(changes: readonly SkuAvailability[]): Promise<void>;
  /** Entries of a generation that is filled, most of them not there yet, and what is known of their stock. Answers those that are refused. */
  fill(entries: readonly IndexEntry[], stock: Stock): Promise<ReadonlyMap<string, string>>;
  /** The stock of SKUs that no entry has. */
  fillStock(stock: Stock): Promise<void>;
}

/** The generation was dropped, or the engine has lost it. */
export class LostGeneration extends UnavailableFault {}

/** Products, and beside them a document for each SKU. */
export type ProductGeneration = Generation<'products' | 'stock'>;

/** `[level, version]` of a SKU. */
type Standing = readonly [level: number, version: number];
/** By SKU. */
export type Stock = ReadonlyMap<string, Standing>;

/**
 * A product lies with the stock of its SKUs. Either may be told first, at any time and again, so a SKU has a document of its own: it
 * knows its newest level and its product. A product is linked to its SKUs before it is written, a level is written to its SKU
 * before it is to the product: whichever is second sees the first.
 */
export function generationWriter(write: WriteBulk, { written }: ProductGeneration): GenerationWriter {
  const { products, stock } = written;

  async function checked(actions: readonly Action[]): Promise<readonly Fate[]> {
    const fates = await write(actions);
    if (fates.some(({ kind }) => kind === 'gone')) throw new LostGeneration(`${products} is no more`);
    return fates;
  }

  const update = (target: string, id: string, body: object, answer = false): Action => {
    return { kind: 'update', target, id, body, answer };
  };

  /** Tells the SKUs of entries which product they belong to. Answers what is known of their stock. */
  async function link(entries: readonly IndexEntry[]): Promise<Stock> {
    const pairs = entries.flatMap(({ productId, skus }) => skus.map((sku) => ({ sku, productId })));
    const fates = await checked(pairs.map(({ sku, productId }) => update(stock, sku, linkScript({ productId }), true)));
    return standingsIn(
      pairs.map(({ sku }) => sku),
      fates,
    );
  }

  async function putLinked(entries: readonly IndexEntry[], standings: Stock) {
    const actions = entries.map((entry) =>
      update(products, entry.productId, putScript({ entry: documentOf(entry), stock: stockOf(entry, standings) })),
    );
    return refusedIn(
      entries.map(({ productId }) => productId),
      await checked(actions),
    );
  }

  return {
    async put(entries) {
      const refused = await putLinked(entries, await link(entries));
      if (refused.size > 0) throw new RefusedEntries(refused);
    },

    async remove(productId, version) {
      const refused = refusedIn([productId], await checked([update(products, productId, removeScript({ version }))]));
      if (refused.size > 0) throw new RefusedEntries(refused);
    },

    async setAvailability(changes) {
      const told = changes.map(({ sku, availability, version = 0 }) =>
        update(stock, sku, stockScript({ level: levelOf(availability), version }), true),
      );
      const fates = await checked(told);
      const byProduct = new Map<string, Record<string, Standing>>();
      for (const [at, { sku }] of changes.entries()) {
        const { productId, standing } = knownOf(fates[at]);
        if (productId === undefined || standing === undefined) continue;
        byProduct.set(productId, { ...byProduct.get(productId), [sku]: standing });
      }
      await checked(
        Array.from(byProduct, ([productId, standings]) =>
          update(products, productId, levelsScript({ stock: standings })),
        ),
      );
      const refused = refusedIn(
        changes.map(({ sku }) => sku),
        fates,
      );
      if (refused.size > 0) throw new RefusedEntries(refused);
    },

    async fill(entries, known) {
      const linked = entries.flatMap(({ productId, skus }) => skus.map((sku) => ({ sku, productId })));
      const standings = await createStock(linked, known);
      const fresh = entries.map((entry): Action => {
        const own = stockOf(entry, standings);
        const availability = Math.max(0, ...Object.values(own).map(([level]) => level));
        const body = { ...documentOf(entry), stock: own, live: true, availability };
        return { kind: 'create', target: products, id: entry.productId, body };
      });
      const fates = await checked(fresh);
      const refused = refusedIn(
        entries.map(({ productId }) => productId),
        fates,
      );
      const there = entries.filter((_, at) => fates[at]?.kind === 'exists');
      return new Map([...refused, ...(await putLinked(there, standings))]);
    },

    async fillStock(known) {
      await createStock(
        Array.from(known, ([sku]) => ({ sku })),
        known,
      );
    },
  };

  /** Documents of SKUs, most of them not there yet. Answers what is known of their stock: what was told live is newer. */
  async function createStock(
    skus: readonly { readonly sku: string; readonly productId?: string }[],
    known: Stock,
  ): Promise<Stock> {
    const fates = await checked(
      skus.map(({ sku, productId }): Action => {
        const [level, version] = known.get(sku) ?? [];
        const body = {
          ...(productId === undefined ? {} : { productId }),
          ...(level === undefined ? {} : { level, version }),
        };
        return { kind: 'create', target: stock, id: sku, body };
      }),
    );
    const there = skus.filter((_, at) => fates[at]?.kind === 'exists');
    const merged = await checked(
      there.map(({ sku, productId }) => {
        const [level, version] = known.get(sku) ?? [];
        return update(
          stock,
          sku,
          mergeScript({ productId: productId ?? null, level: level ?? null, version: version ?? 0 }),
          true,
        );
      }),
    );
    const told = skus.flatMap(({ sku }) => [known.get(sku)].flatMap((own) => (own ? [[sku, own] as const] : [])));
    return new Map([
      ...told,
      ...standingsIn(
        there.map(({ sku }) => sku),
        merged,
      ),
    ]);
  }
}

function stockOf({ skus }: IndexEntry, standings: Stock): Readonly<Record<string, Standing>> {
  return Object.fromEntries(
    skus.flatMap((sku) => [standings.get(sku)].flatMap((own) => (own ? [[sku, own] as const] : []))),
  );
}

function standingsIn(skus: readonly string[], fates: readonly Fate[]): Stock {
  const standings = new Map<string, Standing>();
  for (const [at, sku] of skus.entries()) {
    const { standing } = knownOf(fates[at]);
    if (standing !== undefined) standings.set(sku, standing);
  }
  return standings;
}

/** What a SKU's document says after it was written. */
function knownOf(fate: Fate | undefined): { readonly productId?: string; readonly standing?: Standing } {
  if (fate?.kind !== 'written') return {};
  const { productId, level, version } = fate.source as Partial<{ productId: string; level: number; version: number }>;
  return {
    ...(productId === undefined ? {} : { productId }),
    ...(level === undefined || version === undefined ? {} : { standing: [level, version] }),
  };
}

function refusedIn(ids: readonly string[], fates: readonly Fate[]): ReadonlyMap<string, string> {
  const refused = new Map<string, string>();
  for (const [at, id] of ids.entries()) {
    const fate = fates[at];
    if (fate?.kind === 'refused') refused.set(id, fate.reason);
  }
  return refused;
}
