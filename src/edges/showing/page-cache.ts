import { hash } from 'node:crypto';
import { promisify } from 'node:util';
import { brotliCompress, gzip, constants as zlib } from 'node:zlib';
import { LRUCache } from 'lru-cache';
import type { Clock } from '../../platform/clock/port.ts';
import type { Invalidations } from '../../platform/invalidation/port.ts';
import type { Metrics } from '../../platform/telemetry/port.ts';
import type { Encoding } from './encoding.ts';
import type { Gathered } from './pipeline.ts';

/** A page that was just rendered. */
export interface RenderedPage {
  /** The document, or its data as JSON. */
  readonly text: string;
  /** What it shows; a publication of one of them drops the page. */
  readonly tags: readonly string[];
  /** Until what it shows changes; `briefly` for a page that misses a part, so that a shop in trouble is not asked for it by everybody. */
  readonly keep: 'until_changed' | 'briefly' | 'never';
}

/** A page as it is sent. */
export interface SendablePage {
  readonly bytes: Buffer;
  /** Weak: the compressions of one page share it. */
  readonly etag: string;
  /** Whether it is whole and kept here until it changes: then its reader may keep it too. */
  readonly kept: boolean;
  /** Compressed once, however many ask. */
  compressed(encoding: Encoding): Buffer | Promise<Buffer>;
}

export interface PageCache {
  /** The page at a key: the copy, or what `render` makes, once for all who ask meanwhile. */
  get(key: string, render: () => Promise<RenderedPage>): SendablePage | Promise<SendablePage>;
  /** How many pages are kept, and how often one was at hand or not. */
  readonly stats: { readonly pages: number; readonly bytes: number; readonly hits: number; readonly misses: number };
  close(): void;
}

/** A page that is being rendered, and what has changed meanwhile. */
interface UnderWay {
  readonly changed: Set<string>;
  isOutdated: boolean;
}

export interface PageCacheLimits {
  /** Pages that are rendered at the same time; others wait their turn, so that each has the services' attention. Default 6. */
  readonly mostAtOnce?: number;
  /** Of all pages together, compressions counted in. Default 64 MiB. */
  readonly mostBytes?: number;
}

/** The pages asked for last, ready to send. What their tags stand for changes, and they are dropped, also while they are rendered. */
export function pageCache(
  invalidations: Pick<Invalidations, 'subscribe'>,
  clock: Pick<Clock, 'now'>,
  limits: PageCacheLimits = {},
): PageCache {
  const { mostBytes = 64 * 1024 ** 2, mostAtOnce = 6 } = limits;
  const turn = turns(mostAtOnce);
  const keysOf = new Map<string, Set<string>>();
  const tagsOf = new Map<string, readonly string[]>();
  /** What a page showed when it was last rendered, also after it was dropped. */
  const lastTags = new LRUCache<string, readonly string[]>({ max: MOST_REMEMBERED });
  const flights = new Map<string, Promise<SendablePage>>();
  const underWay = new Set<UnderWay>();
  let hits = 0;
  let misses = 0;

  const kept = new LRUCache<string, SendablePage>({
    maxSize: mostBytes,
    perf: clock,
    ttlResolution: 0,
    sizeCalculation: ({ bytes }) => Math.ceil(bytes.length * SIZE_WITH_COMPRESSIONS),
    dispose: (_page, key) => untag(key),
  });

  const untag = (key: string) => {
    for (const tag of tagsOf.get(key) ?? []) {
      const keys = keysOf.get(tag);
      keys?.delete(key);
      if (keys?.size === 0) keysOf.delete(tag);
    }
    tagsOf.delete(key);
  };

  const keep = (key: string, page: SendablePage, tags: readonly string[], ttl = 0) => {
    kept.set(key, page, { ttl });
    if (!kept.has(key)) return;
    tagsOf.set(key, tags);
    for (const tag of tags) {
      const keys = keysOf.get(tag) ?? new Set();
      keysOf.set(tag, keys.add(key));
    }
  };

  const drop = (tags: readonly string[]) => {
    for (const page of underWay) for (const tag of tags) page.changed.add(tag);
    // Who asks from now on must not be given what was begun before, unless it has nothing to do with the change.
    for (const key of flights.keys()) {
      const shown = lastTags.get(key);
      if (shown === undefined || shown.some((tag) => tags.includes(tag))) flights.delete(key);
    }
    for (const tag of tags) for (const key of [...(keysOf.get(tag) ?? [])]) kept.delete(key);
  };
  const dropAll = () => {
    for (const page of underWay) page.isOutdated = true;
    flights.clear();
    kept.clear();
  };
  const stop = invalidations.subscribe(drop, dropAll);

  async function make(key: string, render: () => Promise<RenderedPage>): Promise<SendablePage> {
    await using _turn = await turn();
    const page: UnderWay = { changed: new Set(), isOutdated: false };
    underWay.add(page);
    try {
      const { text, tags, keep: mayKeep } = await render();
      const isFresh = !page.isOutdated && !tags.some((tag) => page.changed.has(tag));
      const isWhole = isFresh && mayKeep === 'until_changed';
      lastTags.set(key, tags);
      const made = sendable(text, isWhole);
      if (isWhole) keep(key, made, tags);
      else if (isFresh && mayKeep === 'briefly') keep(key, made, tags, BRIEFLY_MS);
      return made;
    } finally {
      underWay.delete(page);
    }
  }

  return {
    get(key, render) {
      const page = kept.get(key);
      if (page !== undefined) {
        hits++;
        return page;
      }
      const joined = flights.get(key);
      if (joined !== undefined) return joined;
      misses++;
      const flight = make(key, render).finally(() => {
        if (flights.get(key) === flight) flights.delete(key);
      });
      flights.set(key, flight);
      return flight;
    },
    get stats() {
      return { pages: kept.size, bytes: kept.calculatedSize, hits, misses };
    },
    close: stop,
  };
}

/** How long a page of these parts may be kept. */
export function keepOf(...parts: readonly Pick<Gathered<unknown>, 'missing' | 'keep'>[]): RenderedPage['keep'] {
  if (parts.some(({ missing }) => missing.length > 0)) return 'briefly';
  return parts.every(({ keep }) => keep) ? 'until_changed' : 'never';
}

/** Shows an edge's cache in the metrics. */
export function watchPageCache(cache: Pick<PageCache, 'stats'>, { watch }: Pick<Metrics, 'watch'>, edge: string): void {
  const read = (value: (stats: PageCache['stats']) => number) => () => [
    { labels: { edge }, value: value(cache.stats) },
  ];
  watch(
    'jangteo_page_cache_pages',
    read(({ pages }) => pages),
  );
  watch(
    'jangteo_page_cache_bytes',
    read(({ bytes }) => bytes),
  );
  watch(
    'jangteo_page_cache_hits_total',
    read(({ hits }) => hits),
  );
  watch(
    'jangteo_page_cache_misses_total',
    read(({ misses }) => misses),
  );
}

/** A place among `most` at once, first come first served; its end gives it to the next. */
function turns(most: number): () => Promise<AsyncDisposable> {
  const waiting: (() => void)[] = [];
  let taken = 0;
  const leave = {
    async [Symbol.asyncDispose]() {
      const next = waiting.shift();
      if (next === undefined) taken--;
      else next();
    },
  };
  return async () => {
    if (taken < most) taken++;
    else await new Promise<void>((resolve) => waiting.push(resolve));
    return leave;
  };
}

/** A page with both of its compressions takes about so many times the room of its text. */
const SIZE_WITH_COMPRESSIONS = 1.7;
const BRIEFLY_MS = 1_000;
const MOST_REMEMBERED = 20_000;
const BROTLI_QUALITY = 5;
const compress = {
  br: (bytes: Buffer) =>
    promisify(brotliCompress)(bytes, {
      params: { [zlib.BROTLI_PARAM_QUALITY]: BROTLI_QUALITY, [zlib.BROTLI_PARAM_SIZE_HINT]: bytes.length },
    }),
  gzip: (bytes: Buffer) => promisify(gzip)(bytes),
};

/** A page as it is sent, whether it is `kept` or not. */
export function sendable(text: string, kept: boolean): SendablePage {
  const bytes = Buffer.from(text);
  const made = new Map<Encoding, Buffer | Promise<Buffer>>();
  return {
    bytes,
    etag: `W/"${hash('sha256', bytes, 'base64url').slice(0, 22)}"`,
    kept,
    compressed(encoding) {
      const known = made.get(encoding);
      if (known !== undefined) return known;
      const making = compress[encoding](bytes).then((smaller) => {
        made.set(encoding, smaller);
        return smaller;
      });
      made.set(encoding, making);
      return making;
    },
  };
}
