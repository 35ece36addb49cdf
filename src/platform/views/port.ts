import type { DocumentQuery, Positions, StoredDocument } from '../storage/port.ts';

/** A view as it is read. `after` (from a write's token) waits a bounded time until the view has caught up. */
export interface View {
  get(key: string, options?: ReadOptions): Promise<ViewAnswer<StoredDocument | undefined>>;
  query(
    query: Omit<DocumentQuery, 'collection' | 'generation'>,
    options?: ReadOptions,
  ): Promise<ViewAnswer<readonly StoredDocument[]>>;
}

export interface ReadOptions {
  readonly after?: Positions;
  /** Default 1,000. */
  readonly waitMs?: number;
}

export interface ViewAnswer<Value> {
  readonly value: Value;
  /** True when the view had not caught up with `after` in time. */
  readonly stale: boolean;
}

/** What an operator sees of a view. */
export interface ViewStatus {
  readonly service: string;
  readonly name: string;
  readonly version: number;
  readonly generation: number;
  /** Events not yet applied. */
  readonly lagEvents: number;
  /** Age of the oldest event not yet applied, in ms. */
  readonly lagMs: number;
  /** Why it applies nothing any more: an event that this release cannot read, or that the view's rules throw at. It still serves. */
  readonly stopped?: string;
  readonly rebuilding?: { readonly generation: number; readonly appliedEvents: number; readonly totalEvents: number };
}
