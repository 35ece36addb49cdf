import type { Ports, RunningEngine } from '../local-engines/port.ts';
import type { BalancerPlan } from './port.ts';

/** How one engine is started with a plan, and told another one. */
export interface Steering {
  readonly config: (ports: Ports) => string;
  /** Takes another plan while it runs. Throws a SetupFault. */
  readonly change: (engine: RunningEngine, plan: BalancerPlan) => Promise<void>;
  /** Begins what goes on beside the engine. */
  readonly attend?: (engine: RunningEngine) => void;
  readonly stop?: () => Promise<void>;
}
