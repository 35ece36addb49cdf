import type { Clock } from '../../platform/clock/port.ts';
import { sleep } from '../../platform/clock/port.ts';
import { Problem } from '../../platform/http/problem.ts';
import type { Logger } from '../../platform/telemetry/port.ts';

/** A part of a page that it can do without: when it fails or is late, the page shows `fallback` in its place. */
export interface Part<Found, Asked, Value> {
  readonly deadlineMs: number;
  readonly load: (found: Found, asked: Asked) => Promise<Value>;
  readonly fallback: Value;
}

export interface Stages<Asked, Found, Parts extends object, View> {
  /** Finds what the page is about. Throws a Problem when there is no such page; late, the page is `unavailable`. */
  readonly find: { readonly deadlineMs: number; readonly load: (asked: Asked) => Promise<Found> };
  /** What is gathered around it, all at the same time. */
  readonly enrich: { readonly [Name in keyof Parts]: Part<Found, Asked, Parts[Name]> };
  /** Puts the page together: pure. */
  readonly present: (found: Found, parts: Parts, asked: Asked) => View;
  /** The tags of all that the page shows: a copy of it is dropped when one of them is published. */
  readonly tags: (found: Found, parts: Parts, asked: Asked) => readonly string[];
  /** Whether a copy may be kept when every part came; default: it may. */
  readonly keep?: (found: Found, parts: Parts, asked: Asked) => boolean;
}

/** A page's data, and what a keeper of copies must know of it. */
export interface Gathered<View> {
  readonly view: View;
  readonly tags: readonly string[];
  /** Whether a copy may be kept; never one that misses a part. */
  readonly keep: boolean;
  /** The parts that were replaced by their fallbacks. */
  readonly missing: readonly string[];
}

/** A page's data as a pipeline: find, enrich, present. */
export function pipeline<Asked, Found, Parts extends object, View>(
  { find, enrich, present, tags, keep }: Stages<Asked, Found, Parts, View>,
  { clock, logger }: { readonly clock: Clock; readonly logger: Logger },
): (asked: Asked) => Promise<Gathered<View>> {
  const names = Object.keys(enrich) as (keyof Parts & string)[];

  return async (asked) => {
    const found = await inTime(clock, find.deadlineMs, find.load(asked));
    if (found === LATE) throw new Problem('unavailable', 'A part of the shop did not answer in time.');
    const isMissing = new Set<string>();
    const values = await Promise.all(
      names.map(async (name) => {
        const { load, deadlineMs, fallback } = enrich[name];
        const loading = Promise.try(load, found, asked);
        const value = await inTime(clock, deadlineMs, loading).catch((error: unknown) => {
          logger.warn({ err: error, part: name }, 'a part of a page failed');
          return LATE;
        });
        if (value !== LATE) return [name, value] as const;
        isMissing.add(name);
        return [name, fallback] as const;
      }),
    );
    const missing = names.filter((name) => isMissing.has(name));
    const parts = Object.fromEntries(values) as unknown as Parts;
    return {
      view: present(found, parts, asked),
      tags: tags(found, parts, asked),
      keep: missing.length === 0 && (keep?.(found, parts, asked) ?? true),
      missing,
    };
  };
}

const LATE: unique symbol = Symbol('late');

/** What comes later is not waited for, and its failure is nobody's any more. */
async function inTime<Value>(clock: Clock, deadlineMs: number, value: Promise<Value>): Promise<Value | typeof LATE> {
  const enough = new AbortController();
  const late = sleep(clock, deadlineMs, enough.signal).then((): typeof LATE => LATE);
  try {
    return await Promise.race([value, late]);
  } finally {
    enough.abort();
    value.catch(() => undefined);
  }
}
