import { Agent, request } from 'undici';
import { type Clock, sleep } from '../../platform/clock/port.ts';
import { limits } from './limits.ts';
import type { BalancerPlan, Upstream } from './port.ts';

/** Asks each upstream for its health, for engines that do not. */
export interface ReadinessWatch {
  /** Those that take new requests, in the plan's order. */
  ready(): readonly Upstream[];
  /** Asks these from now on; resolves when each was asked once. */
  follow(plan: BalancerPlan): Promise<void>;
  stop(): Promise<void>;
}

interface Asked {
  readonly upstream: Upstream;
  readonly stopping: AbortController;
  isReady: boolean;
  running: Promise<void>;
}

type Health = 'ready' | 'not ready' | 'no answer';

/**
 * `changed` is told when others are ready than before. Whoever says that he is not ready is believed at once; whoever does not
 * answer, and whoever is back, after as many times as with the other engines.
 */
export function watchReadiness(clock: Clock, changed: () => void): ReadinessWatch {
  const agent = new Agent({ connect: { timeout: limits.healthTimeoutMs, rejectUnauthorized: false } });
  const asked = new Map<string, Asked>();

  const begin = (plan: BalancerPlan, upstream: Upstream) => {
    const origin = `${plan.upstreamsSpeakTls ? 'https' : 'http'}://${upstream.host}:${upstream.port}`;
    const each: Asked = { upstream, stopping: new AbortController(), isReady: false, running: Promise.resolve() };
    const { promise: first, resolve } = Promise.withResolvers<void>();
    const become = (isReady: boolean) => {
      if (each.isReady === isReady || each.stopping.signal.aborted) return;
      each.isReady = isReady;
      changed();
    };
    const ask = async () => {
      become((await healthOf(agent, `${origin}${plan.healthPath}`, each.stopping.signal)) === 'ready');
      resolve();
      let against = 0;
      while (!each.stopping.signal.aborted) {
        await sleep(clock, limits.healthEveryMs, each.stopping.signal);
        const health = await healthOf(agent, `${origin}${plan.healthPath}`, each.stopping.signal);
        against = (health === 'ready') === each.isReady ? 0 : against + 1;
        const enough = health === 'not ready' ? 1 : each.isReady ? limits.failures : limits.answers;
        if (against < enough) continue;
        against = 0;
        become(health === 'ready');
      }
    };
    each.running = ask();
    asked.set(upstream.name, each);
    return first;
  };
  const end = async (name: string, each: Asked) => {
    asked.delete(name);
    each.stopping.abort();
    await each.running;
  };

  return {
    ready: () => [...asked.values()].filter(({ isReady }) => isReady).map(({ upstream }) => upstream),
    async follow(plan) {
      const names = new Set(plan.upstreams.map(({ name }) => name));
      const gone = [...asked].filter(([name]) => !names.has(name));
      const come = plan.upstreams.filter(({ name }) => !asked.has(name));
      await Promise.all([...gone.map(([name, each]) => end(name, each)), ...come.map((each) => begin(plan, each))]);
    },
    async stop() {
      await Promise.all([...asked].map(([name, each]) => end(name, each)));
      await agent.destroy();
    },
  };
}

async function healthOf(agent: Agent, url: string, signal: AbortSignal): Promise<Health> {
  try {
    const { statusCode, body } = await request(url, {
      dispatcher: agent,
      signal,
      // A connection of its own each time: a process that drains waits for those that are kept.
      reset: true,
      headersTimeout: limits.healthTimeoutMs,
      bodyTimeout: limits.healthTimeoutMs,
    });
    await body.dump();
    return statusCode === 200 ? 'ready' : 'not ready';
  } catch {
    return 'no answer';
  }
}
