import { type Redis, RedisUnavailable, redisScript } from '../redis/port.ts';
import { type SessionStore, SessionsUnavailable } from './port.ts';
import { checkTimes, sessionKey } from './session-key.ts';

/** A session is a hash of its data, its idle time and its latest end (ms, by Redis' clock); one that was ended has a mark alone. */
const OPEN = redisScript(`
if redis.call('EXISTS', KEYS[1]) == 1 then return 0 end
local time = redis.call('TIME')
local endsAt = tonumber(time[1]) * 1000 + math.floor(tonumber(time[2]) / 1000) + tonumber(ARGV[3])
redis.call('HSET', KEYS[1], 'data', ARGV[1], 'idle', ARGV[2], 'ends', string.format('%.0f', endsAt))
redis.call('PEXPIRE', KEYS[1], math.min(tonumber(ARGV[2]), tonumber(ARGV[3])))
return 1
`);

const READ = redisScript(`
local session = redis.call('HMGET', KEYS[1], 'data', 'idle', 'ends')
if not session[1] then return false end
local time = redis.call('TIME')
local left = tonumber(session[3]) - tonumber(time[1]) * 1000 - math.floor(tonumber(time[2]) / 1000)
local idle = tonumber(session[2])
if redis.call('PTTL', KEYS[1]) < math.min(left, idle * 0.9) then redis.call('PEXPIRE', KEYS[1], math.min(left, idle)) end
return session[1]
`);

const END = redisScript(`
redis.call('DEL', KEYS[1])
redis.call('HSET', KEYS[1], 'ended', 1)
redis.call('PEXPIRE', KEYS[1], ARGV[1])
return 1
`);

/**
 * Sessions that all processes on one Redis share. Reading one is one round trip, and writes only when a tenth of its idle time has
 * gone. Redis answers before its replica has heard, so a failover may lose the last moments: who has just signed in is asked to do
 * so again, and what has just been ended is open again until it runs out. Where that must not be, keep sessions in PostgreSQL.
 * Give Redis `volatile-lru` or `noeviction`: full, it ends sessions early, or opens no more.
 */
export function redisSessions(redis: Pick<Redis, 'run' | 'send'>): SessionStore {
  const keyOf = (id: string) => `session:${sessionKey(id)}`;
  return {
    async open(id, data, { idleMs, longestMs }) {
      checkTimes(idleMs, longestMs);
      return (await asSessions(redis.run(OPEN, keyOf(id), JSON.stringify(data), idleMs, longestMs))) === 1;
    },
    async read(id) {
      const data = await asSessions(redis.run(READ, keyOf(id)));
      return data === null ? undefined : JSON.parse((data as Buffer).toString('utf8'));
    },
    async end(id, rememberMs) {
      checkTimes(rememberMs);
      await asSessions(redis.run(END, keyOf(id), rememberMs));
    },
    wasEnded: async (id) => (await asSessions(redis.send('HEXISTS', keyOf(id), 'ended'))) === 1,
  };
}

async function asSessions<Reply>(reply: Promise<Reply>): Promise<Reply> {
  try {
    return await reply;
  } catch (error) {
    if (error instanceof RedisUnavailable) throw new SessionsUnavailable(error.message);
    throw error;
  }
}
