import type { Known, Topology } from '../topology.ts';
import type { Contradiction } from './contradictions.ts';
import { choicesOf, type ProcessPlan, processesOf } from './processes.ts';

type Kind = 'services' | 'integrations' | 'edges';

const DOES = { services: 'runs the service', integrations: 'runs the integration', edges: 'shows the edge' } as const;

/** Whether every part runs somewhere, and nothing runs where it must not. */
export function placementContradictions(topology: Topology, known: Known): readonly Contradiction[] {
  const plans = processesOf(topology);
  if (plans.length === 0) return [];
  const named = {
    services: Object.keys(topology.services),
    integrations: Object.keys(topology.integrations),
    edges: known.edges,
  };
  return [
    ...plans.flatMap(emptiness),
    ...(['services', 'integrations', 'edges'] as const).flatMap((kind) => [
      ...plans.flatMap((plan) => [...listedTwice(plan, kind), ...strangers(plan, kind, named[kind])]),
      ...homeless(
        plans,
        kind,
        kind === 'integrations' ? named[kind].filter((name) => known.besides[name] === undefined) : named[kind],
      ),
    ]),
    ...besideOthers(plans, topology, known.besides),
    ...forgetfulSessions(topology, plans),
    ...writersApart(topology, plans),
  ];
}

function emptiness({ name, services, integrations, edges, gateway }: ProcessPlan): Contradiction[] {
  if (services.length + integrations.length + edges.length > 0 || gateway !== undefined) return [];
  const says = `the process ${name} has nothing to do: give it services, integrations, edges or a gateway, or leave it out.`;
  return [{ at: `/processes/${name}`, says }];
}

function listedTwice(plan: ProcessPlan, kind: Kind): Contradiction[] {
  const twice = new Set(plan[kind].filter((part, index) => plan[kind].indexOf(part) !== index));
  return [...twice].map((part) => ({
    at: `/processes/${plan.name}/${kind}`,
    says: `the process ${plan.name} lists ${part} twice: list it once, and say with "replicas" how often the process runs.`,
  }));
}

function strangers(plan: ProcessPlan, kind: Kind, named: readonly string[]): Contradiction[] {
  const unknown = [...new Set(plan[kind])].filter((part) => !named.includes(part));
  return unknown.map((part) => ({
    at: `/processes/${plan.name}/${kind}`,
    says: `the process ${plan.name} ${DOES[kind]} ${part}, which is not among the topology’s ${kind}: add it there, or leave it out here.`,
  }));
}

function homeless(plans: readonly ProcessPlan[], kind: Kind, named: readonly string[]): Contradiction[] {
  const placed = new Set(plans.flatMap((plan) => plan[kind]));
  return named
    .filter((part) => !placed.has(part))
    .map((part) => ({
      at: kind === 'edges' ? '/processes' : `/${kind}/${part}`,
      says: `no process ${DOES[kind]} ${part}: add it to the ${kind} of one${kind === 'edges' ? '' : ', or leave it out here'}.`,
    }));
}

/** An integration is run by whoever leads the service beside it, so by every process that may. */
function besideOthers(
  plans: readonly ProcessPlan[],
  { integrations }: Topology,
  besides: Known['besides'],
): Contradiction[] {
  return plans.flatMap(({ name, services, integrations: own }) =>
    Object.keys(integrations).flatMap((integration) => {
      const service = besides[integration];
      if (service === undefined || services.includes(service) === own.includes(integration)) return [];
      const says = own.includes(integration)
        ? `${integration} works beside ${service}, which the process ${name} does not run: list both there, or none.`
        : `${integration} works beside ${service}, which the process ${name} runs: list it there, too.`;
      return [{ at: `/processes/${name}/integrations`, says }];
    }),
  );
}

function forgetfulSessions(topology: Topology, plans: readonly ProcessPlan[]): Contradiction[] {
  if (choicesOf(topology).sessions !== 'memory') return [];
  const doors = plans.filter(({ edges }) => edges.length > 0);
  const replicas = doors.reduce((sum, { replicas: own }) => sum + own, 0);
  if (replicas < 2) return [];
  const names = doors.map(({ name }) => name).join(' and ');
  const says = `sessions are kept in memory while ${replicas} replicas of ${names} answer shoppers, who would be signed out at every other request: keep sessions in postgres or redis, or run one replica.`;
  return [{ at: '/sessions', says }];
}

function writersApart({ engines }: Topology, plans: readonly ProcessPlan[]): Contradiction[] {
  if (engines?.database !== undefined) return [];
  const writers = plans.filter(({ services }) => services.length > 0);
  const count = writers.reduce((sum, { replicas }) => sum + replicas, 0);
  if (count < 2) return [];
  const says = `${count} processes would write (${writers.map(({ name }) => name).join(', ')}), and no database is named that they share: add "engines": {"database": {"start": true}}, or the url of one.`;
  return [{ at: '/engines/database', says }];
}
