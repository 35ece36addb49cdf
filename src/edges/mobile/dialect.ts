import type { TProperties, TSchema } from 'typebox';
import type { Json, JsonObject } from '../../kernel/json.ts';
import type { Device, PictureRole } from './pictures.ts';

/** A page of a list on its way to an app. A key leads to a page and back to it; null where there is no page to lead to. */
export interface ListPage {
  readonly items: readonly Json[];
  readonly nextKey: string | null;
  readonly previousKey: string | null;
  /** How many there are before and after; null where nobody has counted. */
  readonly before: number | null;
  readonly after: number | null;
}

/** What an app asks of a list. */
export interface AskedPage {
  readonly key: string | undefined;
  readonly size: number;
}

/** How one system's apps are spoken to: what the contracts of iOS and Android do not have in common. */
export interface Dialect {
  readonly platform: 'ios' | 'android';
  /** As documents write it. */
  readonly title: string;
  /** By which an app describes its device; lower case, as all headers that are read here. */
  readonly deviceHeaders: TProperties;
  deviceOf(headers: Readonly<Record<string, unknown>>): Device;
  readonly Picture: TSchema;
  picture(source: string, role: PictureRole, device: Device): Json;
  readonly Time: TSchema;
  time(ms: number): Json;
  readonly paging: {
    readonly query: TProperties;
    asked(query: Readonly<Record<string, unknown>>): AskedPage;
    /** The members of an answer that holds a page of `item`s. */
    members(item: TSchema): TProperties;
    present(page: ListPage): JsonObject;
  };
}
