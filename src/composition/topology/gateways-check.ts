import { isIP } from 'node:net';
import { upstreamsOf } from '../../edges/gateway/routes/schema.ts';
import { SetupFault } from '../fault.ts';
import { namedRoutes } from '../gateway/routes.ts';
import type { Topology } from '../topology.ts';
import type { Contradiction } from './contradictions.ts';
import type { GatewayEntry } from './growth.ts';
import { type ProcessPlan, processesOf } from './processes.ts';

/** Whether every gateway is nothing but a gateway, and its routes lead to what runs. */
export function gatewayContradictions(topology: Topology): readonly Contradiction[] {
  const plans = processesOf(topology);
  const there = new Set(plans.flatMap(({ services, edges }) => [...services, ...edges]));
  return plans.flatMap((plan) =>
    plan.gateway === undefined
      ? []
      : [...alone(plan), ...trusts(plan.name, plan.gateway), ...routes(plan.name, plan.gateway, there)],
  );
}

function alone({ name, services, integrations, edges }: ProcessPlan): Contradiction[] {
  const [part] = [...services, ...integrations, ...edges];
  if (part === undefined) return [];
  const says = `${name} is a gateway and runs ${part} as well: give ${part} to another process, so that the gateway can be changed and restarted by itself.`;
  return [{ at: `/processes/${name}`, says }];
}

function trusts(name: string, { trusts: trusted = [] }: GatewayEntry): Contradiction[] {
  return trusted
    .filter((each) => !isNetwork(each))
    .map((each) => ({
      at: `/processes/${name}/gateway/trusts`,
      says: `${each} is no address and no network: write it as 10.0.0.7 or 10.0.0.0/8.`,
    }));
}

function isNetwork(text: string): boolean {
  const [address = '', bits, ...more] = text.split('/');
  const longest = { 0: -1, 4: 32, 6: 128 }[isIP(address)] ?? -1;
  return (
    longest > 0 && more.length === 0 && (bits === undefined || (/^\d{1,3}$/.test(bits) && Number(bits) <= longest))
  );
}

function routes(name: string, { routes: table }: GatewayEntry, there: ReadonlySet<string>): Contradiction[] {
  const at = `/processes/${name}/gateway/routes`;
  try {
    const strangers = upstreamsOf(namedRoutes(table)).filter((upstream) => !there.has(upstream));
    return strangers.map((upstream) => ({
      at,
      says: `the routes ${table} lead to ${upstream}, which no process runs: add it to one, or take it out of the routes.`,
    }));
  } catch (error) {
    if (error instanceof SetupFault) return [{ at, says: error.message }];
    throw error;
  }
}
