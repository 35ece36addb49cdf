import type { SearchAnswer, SearchRequest } from '../../../contracts/search.ts';
import { type EngineOptions, openEngine } from '../../../platform/opensearch/engine.ts';
import { searcher } from './finding.ts';

/** Searches of the index that serves, whoever fills it. */
export interface SearchReader {
  search(request: SearchRequest): Promise<SearchAnswer>;
  close(): Promise<void>;
}

/** Opens a connection of its own; writes nothing, and makes no index. */
export function openSearchReader({ prefix, ...options }: EngineOptions & { readonly prefix: string }): SearchReader {
  const engine = openEngine(options);
  const { search } = searcher(engine.query, `${prefix}-products`, options.clock);
  return { search, close: engine.close };
}
