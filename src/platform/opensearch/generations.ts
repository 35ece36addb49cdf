import { UnavailableFault } from '../event-store/port.ts';
import type { HttpAnswer } from '../http/door.ts';
import type { Engine } from './engine.ts';

/** How an index is made. */
export interface IndexSchema {
  readonly settings: object;
  readonly mappings: object;
}

/** One life of some indices: each of them under the same number, written through an alias of its own. */
export interface Generation<Kind extends string = string> {
  readonly number: number;
  /** The alias that an index is written through. */
  readonly written: Readonly<Record<Kind, string>>;
}

export interface Generations<Kind extends string = string> {
  /** What searches ask. */
  readonly alias: string;
  /** The generation that serves, and whether this release would make it the same way; undefined when none does. */
  serving(): Promise<(Generation<Kind> & { readonly current: boolean }) | undefined>;
  /** Makes an empty generation. */
  create(): Promise<Generation<Kind>>;
  /** Lets a filled generation serve, in one step. Answers those that it took the place of. Throws when it is no more. */
  changeOver(to: Generation<Kind>): Promise<readonly Generation<Kind>[]>;
  /** Drops every generation that does not serve: what is left of a filling that came to no end, here or in another process. */
  sweep(): Promise<void>;
  drop(generation: Generation<Kind>): Promise<void>;
}

export interface GenerationsOptions<Kind extends string> {
  readonly ask: Engine['ask'];
  /** What the names of all indices begin with. */
  readonly prefix: string;
  /** By kind: `products` makes `<prefix>-products-7`. */
  readonly schemas: Readonly<Record<Kind, IndexSchema>>;
  /** The kind that searches ask: `<prefix>-<kind>` is the one that serves. */
  readonly searched: Kind;
  /** Says how a generation is made: one that bears another mark is to be made anew. */
  readonly mark: string;
}

/**
 * The generations of some indices under a prefix. While one is filled nobody searches it, so that it makes no segments for readers
 * before it serves.
 */
export function generationsOf<Kind extends string>(options: GenerationsOptions<Kind>): Generations<Kind> {
  const { ask, prefix, schemas, searched, mark } = options;
  const kinds = Object.keys(schemas) as Kind[];
  const alias = `${prefix}-${searched}`;
  const named = (number: number): Generation<Kind> => ({
    number,
    written: Object.fromEntries(kinds.map((kind) => [kind, `${prefix}-${kind}-${number}-written`])) as Record<
      Kind,
      string
    >,
  });
  const each = (number: string | number) => kinds.map((kind) => `${prefix}-${kind}-${number}`).join(',');

  /** Every generation of which there is anything. */
  async function all(): Promise<readonly { readonly number: number; readonly serves: boolean }[]> {
    const { status, body } = await ask({ method: 'GET', path: `/${each('*')}/_alias` });
    if (status === 404) return [];
    const serves = new Map<number, boolean>();
    for (const [index, { aliases }] of Object.entries(body as Record<string, { readonly aliases: object }>)) {
      const number = Number(index.slice(index.lastIndexOf('-') + 1));
      if (Number.isInteger(number)) serves.set(number, serves.get(number) === true || alias in aliases);
    }
    return Array.from(serves, ([number, does]) => ({ number, serves: does }));
  }

  async function make(index: string, written: string, { settings, mappings }: IndexSchema) {
    const body = {
      settings: { ...settings, refresh_interval: '-1' },
      mappings: { ...mappings, _meta: { schema: mark } },
      aliases: { [written]: { is_write_index: true } },
    };
    accepted(await ask({ method: 'PUT', path: `/${index}`, body }));
  }

  async function dropNumber(number: number): Promise<void> {
    accepted(await ask({ method: 'DELETE', path: `/${each(number)}?ignore_unavailable=true` }));
  }

  return {
    alias,
    async serving() {
      const served = (await all()).find(({ serves }) => serves);
      if (served === undefined) return undefined;
      const { body } = accepted(await ask({ method: 'GET', path: `/${alias}/_mapping` }));
      const [mapping] = Object.values(body as Record<string, { mappings: { _meta?: { schema?: string } } }>);
      return { ...named(served.number), current: mapping?.mappings._meta?.schema === mark };
    },
    async create() {
      const known = await all();
      const generation = named(1 + Math.max(0, ...known.map(({ number }) => number)));
      await Promise.all(
        kinds.map((kind) => make(`${prefix}-${kind}-${generation.number}`, generation.written[kind], schemas[kind])),
      );
      return generation;
    },
    async changeOver({ number }) {
      const body = { index: { refresh_interval: null } };
      accepted(await ask({ method: 'PUT', path: `/${each(number)}/_settings`, body }));
      accepted(await ask({ method: 'POST', path: `/${alias}-${number}/_refresh` }));
      const others = (await all()).filter((other) => other.number < number);
      const replaced = others.filter(({ serves }) => serves);
      const actions = [
        ...replaced.map((other) => ({ remove: { index: `${alias}-${other.number}`, alias } })),
        { add: { index: `${alias}-${number}`, alias } },
      ];
      accepted(await ask({ method: 'POST', path: '/_aliases', body: { actions } }));
      return others.map((other) => named(other.number));
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
