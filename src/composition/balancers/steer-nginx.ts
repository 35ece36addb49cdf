import { existsSync } from 'node:fs';
import { systemClock } from '../../platform/clock/system.ts';
import type { RunningEngine } from '../local-engines/port.ts';
import { nginxConfig } from './nginx.ts';
import { oneAtATime } from './one-at-a-time.ts';
import type { BalancerOptions, BalancerPlan } from './port.ts';
import { watchReadiness } from './readiness.ts';
import type { Steering } from './steering.ts';

/** Debian and its kin keep it apart; elsewhere it is built in. */
const STREAM_MODULES = ['/usr/lib/nginx/modules/ngx_stream_module.so', '/usr/lib64/nginx/modules/ngx_stream_module.so'];

/** nginx asks nobody for his health, so we do, and write down those that are ready whenever they have changed. */
export async function steerNginx(first: BalancerPlan, options: BalancerOptions): Promise<Steering> {
  const { say = () => undefined } = options;
  const streamModule = STREAM_MODULES.find(existsSync);
  let plan = first;
  let running: RunningEngine | undefined;
  let written = '';
  const config = () => {
    const ready = new Set(watch.ready().map(({ name }) => name));
    const upstreams = plan.upstreams.filter(({ name }) => ready.has(name));
    return nginxConfig({ ...plan, upstreams }, streamModule === undefined ? {} : { streamModule });
  };
  const write = oneAtATime(async () => {
    const now = config();
    if (running === undefined || now === written) return;
    written = now;
    await running.reload(now);
  });
  const watch = watchReadiness(systemClock, () => {
    write().catch((error: Error) => say(`nginx did not take its new configuration: ${error.message}`));
  });
  await watch.follow(plan);
  return {
    config: () => {
      written = config();
      return written;
    },
    attend(engine) {
      running = engine;
      write().catch((error: Error) => say(`nginx did not take its new configuration: ${error.message}`));
    },
    async change(_engine, next) {
      plan = next;
      await watch.follow(next);
      await write();
    },
    stop: () => watch.stop(),
  };
}
