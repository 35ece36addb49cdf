import type { JsonObject } from '../../kernel/json.ts';
import type { Collection, ViewDefinition } from '../../kernel/view.ts';
import type { DocumentWrite } from '../storage/port.ts';

/** Which generation of each view serves, by the view's name. */
export const viewGenerations: Collection = { name: 'view_generations', fields: {}, indexes: [] };

/** What a service with these views keeps. */
export function viewCollections(...views: readonly ViewDefinition[]): readonly Collection[] {
  return [viewGenerations, ...views.map(({ collection }) => collection)];
}

export interface Generations {
  /** The generation that serves, and the version of the view that made it. */
  readonly active: { readonly generation: number; readonly version: number };
  /** The one that is built beside it. */
  readonly building?: { readonly generation: number; readonly version: number };
  /** The last one that another version of the view made and that serves no more: a release that is rolled back takes it up again. */
  readonly kept?: { readonly generation: number; readonly version: number };
  /** Those that serve no more and are to be deleted. */
  readonly dropping: readonly number[];
  /** The highest number ever given. */
  readonly last: number;
}

export function firstGenerations(version: number): Generations {
  return { active: { generation: 1, version }, dropping: [], last: 1 };
}

/** Begins a new generation, or goes on with the one kept of that version; one that was being built is given up. */
export function withBuilding(generations: Generations, version: number): Generations {
  const { active, building, kept, dropping, last } = generations;
  const given = building === undefined ? dropping : [...dropping, building.generation];
  if (kept?.version === version) return { active, building: kept, dropping: given, last };
  return {
    active,
    building: { generation: last + 1, version },
    ...(kept && { kept }),
    dropping: given,
    last: last + 1,
  };
}

/** The generation that was built serves from now on. What served before is kept where another version made it. */
export function flipped({ active, building, kept, dropping, last }: Generations): Generations {
  if (building === undefined) throw new Error('no generation is being built');
  const isRebuild = active.version === building.version;
  const [stays, goes] = isRebuild ? [kept, active] : [active, kept];
  const given = goes === undefined ? dropping : [...dropping, goes.generation];
  return { active: building, ...(stays && { kept: stays }), dropping: given, last };
}

export function withoutDropped(generations: Generations, dropped: ReadonlySet<number>): Generations {
  return { ...generations, dropping: generations.dropping.filter((generation) => !dropped.has(generation)) };
}

export function writeGenerations(view: string, generations: Generations, expectedVersion: number): DocumentWrite {
  const body = generations as unknown as JsonObject;
  return { collection: viewGenerations, generation: 0, key: view, body, expectedVersion };
}
