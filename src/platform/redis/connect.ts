import type { Clock, Random } from '../clock/port.ts';
import { redisAddress } from './address.ts';
import { clientFor } from './client.ts';
import { pauseAfterFailures } from './pause.ts';
import { type Redis, type RedisArgument, type RedisReply, RedisUnavailable } from './port.ts';

export interface RedisConnectionOptions {
  /** As `redisAddress` reads it. */
  readonly address: string;
  /** Before every key, for what shares a Redis. Default `jangteo:`. */
  readonly prefix?: string;
  /** The longest a command may take, in ms. Default 200. */
  readonly commandTimeoutMs?: number;
  /** Commands that may be under way; more are refused at once. Default 2,000. */
  readonly mostUnderWay?: number;
  /** Called when it goes away and when it is back, for a log line and a gauge. */
  readonly onChange?: (isUp: boolean) => void;
}

const FAILURES_BEFORE_PAUSE = 5;
const PAUSE_MS = 200;
const FIRST_ANSWER_MS = 1_000;
/** Answers of a server that is there and cannot serve just now; any other error is a mistake of ours. */
const CANNOT_SERVE =
  /^(LOADING|READONLY|MASTERDOWN|CLUSTERDOWN|TRYAGAIN|MOVED|ASK|OOM|MISCONF|NOREPLICAS|BUSY|ERR max number)\b/;

/**
 * Connects to a Redis, primary with sentinels, or cluster. Resolves when it answers, or after a second (or `commandTimeoutMs`): then
 * it goes on trying in the background, and commands throw `RedisUnavailable` meanwhile. Throws a RangeError when the address is none.
 */
export async function connectRedis(
  options: RedisConnectionOptions,
  clock: Clock,
  random: Pick<Random, 'fraction'>,
): Promise<Redis> {
  const { prefix = 'jangteo:', commandTimeoutMs = 200, mostUnderWay = 2_000, onChange } = options;
  const client = clientFor(redisAddress(options.address), random);
  const pause = pauseAfterFailures(clock, random, {
    failures: FAILURES_BEFORE_PAUSE,
    pauseMs: PAUSE_MS,
    ...(onChange === undefined ? {} : { onChange }),
  });
  let underWay = 0;
  // Without a listener a lost connection would end the process; commands tell of it themselves.
  client.on('error', () => {});

  const ask = (name: string, args: readonly RedisArgument[]): Promise<RedisReply> => {
    if (!pause.mayAsk()) return Promise.reject(new RedisUnavailable('Redis is away'));
    if (underWay >= mostUnderWay)
      return Promise.reject(new RedisUnavailable(`${mostUnderWay} commands are under way to Redis`));
    underWay++;
    return new Promise((resolve, reject) => {
      let isLate = false;
      let isOver = false;
      const giveUp = () => {
        if (isOver) return;
        isLate = true;
        pause.failed();
        reject(new RedisUnavailable(`Redis did not answer within ${commandTimeoutMs} ms`));
      };
      // A process that was busy itself finds the timer due before it has read the answer that lies there: it reads first.
      const cancel = clock.after(commandTimeoutMs, () => setImmediate(giveUp));
      const ended = () => {
        underWay--;
        isOver = true;
        cancel();
        return !isLate;
      };
      client.callBuffer(name, ...args.map(asSent)).then(
        (reply) => {
          if (!ended()) return;
          pause.answered();
          resolve(reply as RedisReply);
        },
        (error: Error) => {
          if (ended()) reject(faultOf(error));
        },
      );
    });
  };
  const faultOf = (error: Error): Error => {
    const isAnswer = error.name === 'ReplyError';
    if (isAnswer && !CANNOT_SERVE.test(error.message)) {
      pause.answered();
      return error;
    }
    pause.failed();
    return new RedisUnavailable(error.message);
  };

  await answersWithin(Math.max(FIRST_ANSWER_MS, commandTimeoutMs), client, clock);
  return {
    send: (name, key, ...args) => ask(name, [prefix + key, ...args]),
    async run(script, key, ...args) {
      try {
        return await ask('EVALSHA', [script.digest, 1, prefix + key, ...args]);
      } catch (error) {
        // A server that has just started, or just become the primary, does not know the script yet.
        if (!(error as Error).message.startsWith('NOSCRIPT')) throw error;
        return ask('EVAL', [script.lua, 1, prefix + key, ...args]);
      }
    },
    isUp: pause.isUp,
    async close() {
      client.disconnect();
    },
  };
}

function asSent(argument: RedisArgument): string | Buffer | number {
  return argument instanceof Uint8Array && !Buffer.isBuffer(argument)
    ? Buffer.from(argument.buffer, argument.byteOffset, argument.byteLength)
    : argument;
}

function answersWithin(limitMs: number, client: ReturnType<typeof clientFor>, clock: Clock): Promise<void> {
  return new Promise((resolve) => {
    const cancel = clock.after(limitMs, resolve);
    client.once('ready', () => {
      cancel();
      resolve();
    });
  });
}
