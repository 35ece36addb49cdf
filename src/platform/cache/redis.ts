import { type Redis, RedisUnavailable } from '../redis/port.ts';
import { type Caches, CacheUnavailable } from './port.ts';
import { checkedSpace, checkTtl } from './space.ts';

/**
 * Caches that all processes on one Redis share. Every entry has an end; how much is kept in all is Redis' own bound
 * (`maxmemory` with `volatile-lru`). A failover to a replica may lose the last sets, which costs a load, and the last deletes: what
 * was deleted may be answered again until its time is over.
 */
export function redisCaches(redis: Pick<Redis, 'send'>): Caches {
  return (space) => {
    const { name, mostEntryBytes } = checkedSpace(space);
    const keyOf = (key: string) => `cache:${name}:${key}`;
    const drop = (key: string) => asCache(redis.send('DEL', keyOf(key)));
    return {
      async get(key) {
        const value = await asCache(redis.send('GET', keyOf(key)));
        return value === null ? undefined : (value as Buffer);
      },
      async set(key, value, ttlMs) {
        checkTtl(ttlMs);
        if (value.byteLength > mostEntryBytes) await drop(key);
        else await asCache(redis.send('SET', keyOf(key), value, 'PX', ttlMs));
      },
      async delete(key) {
        await drop(key);
      },
    };
  };
}

async function asCache<Reply>(reply: Promise<Reply>): Promise<Reply> {
  try {
    return await reply;
  } catch (error) {
    if (error instanceof RedisUnavailable) throw new CacheUnavailable(error.message);
    throw error;
  }
}
