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
}

/** A page's data, and what a keeper of copies must know of it. */
export interface Gathered<View> {
  readonly view: View;
  readonly tags: readonly string[];
  /** The parts that were replaced by their fallbacks; a page that misses some is not kept. */
  readonly missing: readonly string[];
}

/** A page's data as a pipeline: find, enrich, present. */
export function pipeline<Asked, Found, Parts extends object, View>(
  { find, enrich, present, tags }: Stages<Asked, Found, Parts, View>,
  { clock, logger }: { readonly clock: Clock; readonly logger: Logger },
): (asked: Asked) => Promise<Gathered<View>> {
  const names = Object.keys(enrich) as (keyof Parts & string)[];

  return async (asked) => {
    const found = await inTime(clock, find.deadlineMs, find.load(asked));
    if (found === LATE) throw new Problem('unavailable', 'A part of the shop did not answer in time.');
    const missing: string[] = [];
    const values = await Promise.all(
      names.map(async (name) => {
        const { load, deadlineMs, fallback } = enrich[name];
        const value = await inTime(clock, deadlineMs, load(found, asked)).catch((error: unknown) => {
          logger.warn({ err: error, part: name }, 'a part of a page failed');
          return LATE;
        });
        if (value !== LATE) return [name, value] as const;
        missing.push(name);
        return [name, fallback] as const;
      }),
    );
    const parts = Object.fromEntries(values) as unknown as Parts;
    return { view: present(found, parts, asked), tags: tags(found, parts, asked), missing };
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
