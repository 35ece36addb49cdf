import type { Known, Topology } from '../topology.ts';
import { BUILT_IN, engineText } from './engine-text.ts';
import { gatewayText } from './gateway-text.ts';
import { choicesOf, type ProcessPlan, processesOf, wholeShop } from './processes.ts';
import { sidecarsText } from './sidecars.ts';
import { tableText } from './table-text.ts';

/** What runs where, for a person. */
export function showText(topology: Topology, known: Known): string {
  const plans = processesOf(topology);
  const shown = plans.length === 0 ? [wholeShop(topology, known)] : plans;
  const rows = shown.map((plan) => [plan.name, replicasText(plan), placeText(plan), partsText(plan)]);
  const { sessions, rateLimits, cartCopies, bus, search, orderStatus, discovery, leaders } = choicesOf(topology);
  const engines = Object.entries({ database: BUILT_IN, ...topology.engines }).map(([name, engine]) => [
    name,
    engineText(engine),
  ]);
  const { balancer } = topology;
  const facts = [
    ...engines,
    ['sessions', sessions],
    ['rateLimits', rateLimits],
    ['cartCopies', cartCopies],
    ['bus', bus],
    ['search', search],
    ['orderStatus', orderStatus],
    ['discovery', discovery],
    ['leaders', leaders],
    ...(topology.sidecars ? [['sidecars', sidecarsText(topology.sidecars)]] : []),
    ...(balancer ? [['balancer', `${balancer.engine} at layer ${balancer.layer} before ${balancer.to}`]] : []),
  ];
  return `${topology.name}\n\n${tableText([['process', 'replicas', 'at', 'runs'], ...rows])}\n\n${tableText(facts)}`;
}

function replicasText({ replicas, grow }: ProcessPlan): string {
  return grow === undefined ? String(replicas) : `${replicas} to ${grow.max}`;
}

function placeText({ port, hosts, replicas }: ProcessPlan): string {
  if (hosts !== undefined) return hosts.map((host) => (port === undefined ? host : `${host}:${port}`)).join('\n');
  if (port === undefined) return 'any port';
  return replicas === 1 ? `port ${port}` : `ports ${port} to ${port + replicas - 1}`;
}

function partsText({ services, integrations, edges, gateway }: ProcessPlan): string {
  const routes = gateway === undefined ? [] : [gatewayText(gateway)];
  return [services, integrations, edges, routes]
    .filter((parts) => parts.length > 0)
    .map((parts) => parts.join(', '))
    .join('\n');
}
