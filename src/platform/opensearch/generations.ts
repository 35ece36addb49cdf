import { UnavailableFault } from '../../../platform/event-store/port.ts';
import type { HttpAnswer } from '../../../platform/http/door.ts';
import type { Engine } from './engine.ts';
import { productSchema, schemaHash, stockSchema } from './mapping.ts';

/** One life of the index: two indices of OpenSearch under the same number, each written through an alias of its own. */
export interface Generation {
  readonly number: number;
  readonly products: string;
  readonly stock: string;
}

export interface Generations {
  /** What searches ask. */
  readonly alias: string;
  /** The generation that serves, and whether this release would make it the same way; undefined when none does. */
  serving(): Promise<(Generation & { readonly current: boolean }) | undefined>;
  /** Makes an empty generation. */
  create(): Promise<Generation>;
  /** Lets a filled generation serve, in one step. Answers those that it took the place of. Throws when it is no more. */
  changeOver(to: Generation): Promise<readonly Generation[]>;
  /** Drops every generation that does not serve: what is left of a filling that came to no end, here or in another process. */
  sweep(): Promise<void>;
  drop(generation: Generation): Promise<void>;
}

/** The generations under a prefix, `<prefix>-products-7` and `<prefix>-stock-7`; `<prefix>-products` is the one that serves. */
export function generationsOf(ask: Engine['ask'], prefix: string): Generations {
  const alias = `${prefix}-products`;
  const named = (number: number): Generation => ({
    number,
    products: `${prefix}-products-${number}-written`,
    stock: `${prefix}-stock-${number}-written`,
  });

  /** Every generation of which there is anything. */
  async function all(): Promise<readonly { readonly number: number; readonly serves: boolean }[]> {
    const { status, body } = await ask({ method: 'GET', path: `/${prefix}-products-*,${prefix}-stock-*/_alias` });
    if (status === 404) return [];
    const serves = new Map<number, boolean>();
    for (const [index, { aliases }] of Object.entries(body as Record<string, { readonly aliases: object }>)) {
      const number = Number(index.slice(index.lastIndexOf('-') + 1));
      if (Number.isInteger(number)) serves.set(number, serves.get(number) === true || alias in aliases);
    }
    return Array.from(serves, ([number, does]) => ({ number, serves: does }));
  }

  async function make(index: string, written: string, { settings, mappings }: { settings: object; mappings: object }) {
    const body = {
      settings,
      mappings: { ...mappings, _meta: { schema: schemaHash } },
      aliases: { [written]: { is_write_index: true } },
    };
    accepted(await ask({ method: 'PUT', path: `/${index}`, body }));
  }

  async function dropNumber(number: number): Promise<void> {
    const indices = `${prefix}-products-${number},${prefix}-stock-${number}`;
    accepted(await ask({ method: 'DELETE', path: `/${indices}?ignore_unavailable=true` }));
  }

  return {
    alias,
    async serving() {
      const served = (await all()).find(({ serves }) => serves);
      if (served === undefined) return undefined;
      const { body } = accepted(await ask({ method: 'GET', path: `/${alias}/_mapping` }));
      const [mapping] = Object.values(body as Record<string, { mappings: { _meta?: { schema?: string } } }>);
      return { ...named(served.number), current: mapping?.mappings._meta?.schema === schemaHash };
    },
    async create() {
      const known = await all();
      const generation = named(1 + Math.max(0, ...known.map(({ number }) => number)));
      await Promise.all([
        make(`${prefix}-stock-${generation.number}`, generation.stock, stockSchema),
        make(`${alias}-${generation.number}`, generation.products, productSchema),
      ]);
      return generation;
    },
    async changeOver({ number }) {
      accepted(await ask({ method: 'POST', path: `/${alias}-${number}/_refresh` }));
      const others = (await all()).filter((each) => each.number < number);
      const replaced = others.filter(({ serves }) => serves);
      const actions = [
        ...replaced.map((each) => ({ remove: { index: `${alias}-${each.number}`, alias } })),
        { add: { index: `${alias}-${number}`, alias } },
      ];
      accepted(await ask({ method: 'POST', path: '/_aliases', body: { actions } }));
      return others.map((each) => named(each.number));
    },
    async sweep() {
      for (const { number, serves } of await all()) if (!serves) await dropNumber(number);
    },
    drop: ({ number }) => dropNumber(number),
  };
}

/** An answer that is no refusal. Throws an UnavailableFault for one: what is asked of an index as a whole is no document's fault. */
export function accepted(answer: HttpAnswer): HttpAnswer {
  if (answer.status < 300) return answer;
  const { error } = (answer.body ?? {}) as { readonly error?: { readonly type?: string; readonly reason?: string } };
  throw new UnavailableFault(`OpenSearch refuses with ${answer.status}: ${error?.type} ${error?.reason}`);
}
