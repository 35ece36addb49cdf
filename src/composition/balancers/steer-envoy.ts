import { join } from 'node:path';
import { writeWhole } from '../write-whole.ts';
import { envoyConfig, envoyEndpoints } from './envoy.ts';
import { balancerFolder } from './places.ts';
import type { BalancerOptions, BalancerPlan } from './port.ts';
import type { Steering } from './steering.ts';

/** Envoy follows the file of its endpoints, so nothing is ever reloaded. */
export function steerEnvoy(plan: BalancerPlan, options: BalancerOptions): Steering {
  const endpointsFile = join(balancerFolder(options), 'endpoints.json');
  const tell = (now: BalancerPlan) => writeWhole(endpointsFile, envoyEndpoints(now));
  tell(plan);
  return {
    config: ({ admin = plan.port + 1 }) => envoyConfig(plan, { adminPort: admin, endpointsFile }),
    change: async (_engine, next) => tell(next),
  };
}
