import type { Known, Topology } from '../topology.ts';
import { BUILT_IN, engineText } from './engine-text.ts';
import { gatewayText } from './gateway-text.ts';
import { choicesOf, type ProcessPlan, processesOf, wholeShop } from './processes.ts';
import { settingsIn } from './settings-diff.ts';
import { sidecarsText } from './sidecars.ts';

export type Area =
  | 'processes'
  | 'services'
  | 'integrations'
  | 'edges'
  | 'gateways'
  | 'engines'
  | 'choices'
  | 'balancer'
  | 'settings';

/** One thing that a step changes; without `from` it is new, without `to` it is gone. */
export interface Change {
  readonly area: Area;
  readonly subject: string;
  readonly from?: string;
  readonly to?: string;
  /** What an operator has to know of it. */
  readonly note?: string;
}

/** What the step from one topology to another changes, area by area; nothing where they say the same. */
export function diffOf(from: Topology, to: Topology, known: Known): readonly Change[] {
  const [before, after] = [plansOf(from, known), plansOf(to, known)];
  return [
    ...differences('processes', replicasIn(before), replicasIn(after)),
    ...moves('services', before, after),
    ...moves('integrations', before, after),
    ...moves('edges', before, after),
    ...differences('gateways', gatewaysIn(before), gatewaysIn(after)),
    ...differences('engines', enginesIn(from), enginesIn(to)),
    ...differences('choices', choicesOf(from), choicesOf(to)),
    ...differences('choices', { sidecars: sidecarsText(from.sidecars) }, { sidecars: sidecarsText(to.sidecars) }),
    ...differences('balancer', balancerIn(from), balancerIn(to)),
    ...differences('settings', settingsIn(from), settingsIn(to)).map(withNote),
  ];
}

function plansOf(topology: Topology, known: Known): readonly ProcessPlan[] {
  const plans = processesOf(topology);
  return plans.length === 0 ? [wholeShop(topology, known)] : plans;
}

type Values = Readonly<Record<string, string>>;

function differences(area: Area, before: Values, after: Values): Change[] {
  const subjects = [...new Set([...Object.keys(before), ...Object.keys(after)])];
  return subjects
    .filter((subject) => before[subject] !== after[subject])
    .map((subject) => changeOf(area, subject, before[subject], after[subject]));
}

function changeOf(area: Area, subject: string, from: string | undefined, to: string | undefined): Change {
  return { area, subject, ...(from !== undefined && { from }), ...(to !== undefined && { to }) };
}

function replicasIn(plans: readonly ProcessPlan[]): Values {
  return Object.fromEntries(plans.map(({ name, replicas, hosts }) => [name, replicasText(replicas, hosts)]));
}

function gatewaysIn(plans: readonly ProcessPlan[]): Values {
  return Object.fromEntries(plans.flatMap(({ name, gateway }) => (gateway ? [[name, gatewayText(gateway)]] : [])));
}

function replicasText(replicas: number, hosts: readonly string[] | undefined): string {
  const count = replicas === 1 ? '1 replica' : `${replicas} replicas`;
  return hosts === undefined ? count : `${count} on ${hosts.join(', ')}`;
}

/** Parts that go the same way are told together. */
function moves(
  area: 'services' | 'integrations' | 'edges',
  before: readonly ProcessPlan[],
  after: readonly ProcessPlan[],
) {
  const places = (plans: readonly ProcessPlan[], part: string) =>
    plans
      .filter((plan) => plan[area].includes(part))
      .map(({ name }) => name)
      .join(', ');
  const parts = new Set([...before, ...after].flatMap((plan) => plan[area]));
  const ways = new Map<string, { readonly parts: string[]; readonly from: string; readonly to: string }>();
  for (const part of parts) {
    const [from, to] = [places(before, part), places(after, part)];
    if (from === to) continue;
    const way = ways.get(`${from}→${to}`) ?? { parts: [], from, to };
    way.parts.push(part);
    ways.set(`${from}→${to}`, way);
  }
  return [...ways.values()].map((way) =>
    changeOf(area, way.parts.join(', '), way.from || undefined, way.to || undefined),
  );
}

function enginesIn({ engines = {} }: Topology): Values {
  const all = { database: BUILT_IN, ...engines };
  return Object.fromEntries(Object.entries(all).map(([name, engine]) => [name, engineText(engine)]));
}

function balancerIn({ balancer }: Topology): Values {
  if (balancer === undefined) return {};
  const { engine, layer, to, port, sticky, slowStartMs } = balancer;
  const extras = [
    port === undefined ? '' : `at port ${port}`,
    sticky === true ? 'sticky' : '',
    slowStartMs === undefined ? '' : `slow start of ${slowStartMs} ms`,
  ].filter((each) => each !== '');
  return { balancer: [`${engine} at layer ${layer} before ${to}`, ...extras].join(', ') };
}

function withNote(change: Change): Change {
  if (change.subject !== 'partitions') return change;
  return { ...change, note: 'fixed with the first start: a shop that has data refuses the step' };
}
