import { hash } from 'node:crypto';

/** A part of a command or of a script's arguments. Text is sent as UTF-8. */
export type RedisArgument = string | number | Uint8Array;

/** What Redis answers: text comes as its bytes. */
export type RedisReply = Buffer | number | null | readonly RedisReply[];

/** A Lua script that Redis runs as one step. It touches only `KEYS[1]`, so that it runs in a cluster as well. */
export interface RedisScript {
  readonly lua: string;
  /** By which a server knows it once it has run it. */
  readonly digest: string;
}

export function redisScript(lua: string): RedisScript {
  return { lua, digest: hash('sha1', lua) };
}

/**
 * One Redis (a server, a primary with sentinels, or a cluster) as the adapters need it: few commands, about one key each. A
 * command is sent once and never kept for later: it is answered, or it throws `RedisUnavailable` after `commandTimeoutMs` at
 * most, and at once while Redis is known to be away. A write that throws may have happened.
 */
export interface Redis {
  /** Sends `name key …args`. `key` gets the connection's prefix. Throws `RedisUnavailable`. */
  send(name: string, key: string, ...args: readonly RedisArgument[]): Promise<RedisReply>;
  /** Runs a script about one key. Throws `RedisUnavailable`. */
  run(script: RedisScript, key: string, ...args: readonly RedisArgument[]): Promise<RedisReply>;
  /** Whether the last thing heard of it was an answer. */
  isUp(): boolean;
  /** Ends the connections; what is under way throws. */
  close(): Promise<void>;
}

/** Redis did not answer, or cannot serve just now: out of reach, failing over, full, or more is under way than may be. */
export class RedisUnavailable extends Error {
  override readonly name = 'RedisUnavailable';
}
