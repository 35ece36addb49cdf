import { systemClock, systemRandom } from '../../platform/clock/system.ts';
import type { RunningEngine } from '../local-engines/port.ts';
import { startEngine } from '../local-engines/start.ts';
import { keepAlive } from './keep-alive.ts';
import { instanceOf } from './places.ts';
import { planOf } from './plan.ts';
import type { Balancer, BalancerEngine, BalancerOptions, BalancerPlan } from './port.ts';
import { steerEnvoy } from './steer-envoy.ts';
import { steerHaproxy } from './steer-haproxy.ts';
import { steerNginx } from './steer-nginx.ts';
import type { Steering } from './steering.ts';

const steering: Readonly<
  Record<BalancerEngine, (plan: BalancerPlan, options: BalancerOptions) => Steering | Promise<Steering>>
> = { haproxy: steerHaproxy, nginx: steerNginx, envoy: steerEnvoy };

/**
 * Starts a balancer on this machine and keeps it running until it is stopped; it ends with this process. Resolves when it takes
 * connections. Throws a SetupFault: the options contradict each other, the port is taken, the engine cannot be had.
 */
export async function startBalancer(options: BalancerOptions): Promise<Balancer> {
  const plan = planOf(options);
  const steer = await steering[options.engine](plan, options);
  const engine = await begin(options, steer).catch(async (error: unknown) => {
    await steer.stop?.();
    throw error;
  });
  steer.attend?.(engine);
  const alive = keepAlive({ engine, clock: systemClock, random: systemRandom, say: options.say ?? (() => undefined) });
  const scheme = plan.certificate === undefined && !plan.upstreamsSpeakTls ? 'http' : 'https';
  return {
    url: `${scheme}://${plan.host}:${plan.port}`,
    processes: () => engine.processes(),
    restarts: alive.restarts,
    since: alive.since,
    reload: (upstreams) => steer.change(engine, planOf({ ...options, upstreams })),
    async stop() {
      await alive.stop();
      await steer.stop?.();
      await engine.stop();
    },
  };
}

function begin(options: BalancerOptions, { config }: Steering): Promise<RunningEngine> {
  return startEngine(options.engine, {
    home: options.home,
    instance: instanceOf(options),
    port: options.port,
    config,
    endsWithUs: true,
    ...(options.say === undefined ? {} : { say: options.say }),
  });
}
