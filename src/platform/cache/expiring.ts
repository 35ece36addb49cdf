import { type AsideOptions, type CacheAside, cacheAside } from './aside.ts';

/**
 * TTL alone: what is asked for is loaded and kept, and only its age ends it. For what nobody announces a change of (another
 * company's rates), or where being late is harmless.
 *
 * What it can lose: nothing of the truth. Every answer may be `ttlMs` old, in each process and whatever happened meanwhile; times
 * are jittered downwards, so it is never older.
 */
export function expiringCache<Value>(options: AsideOptions<Value>): Pick<CacheAside<Value>, 'get'> {
  const { get } = cacheAside(options);
  return { get };
}
