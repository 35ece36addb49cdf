import type { Topology } from '../topology.ts';
import type { Contradiction } from './contradictions.ts';
import { isThisMachine } from './engines-check.ts';
import { choicesOf, isDoor, mostOf, type ProcessPlan, processesOf, replicaName } from './processes.ts';

const LAST_PORT = 65_535;
const HERE = '127.0.0.1';

/** Whether everybody has an address of their own, and the balancer leads to somebody. */
export function addressContradictions(topology: Topology): readonly Contradiction[] {
  const plans = processesOf(topology);
  return [
    ...plans.flatMap((plan) => hosts(plan, choicesOf(topology).discovery)),
    ...collisions(topology, plans),
    ...balancer(topology, plans),
  ];
}

function hosts({ name, hosts: named, replicas, port }: ProcessPlan, discovery: string): Contradiction[] {
  if (named === undefined) return [];
  const at = `/processes/${name}/hosts`;
  const found: Contradiction[] = [];
  if (named.length !== replicas)
    found.push({
      at,
      says: `${name} runs ${replicas} times but has ${named.length} hosts: name one host for each replica, or leave out "replicas".`,
    });
  if (port === undefined && discovery === 'static')
    found.push({
      at,
      says: `nobody finds ${name} on its hosts without a port: add "port", or a discovery that tells it.`,
    });
  return found;
}

interface Taken {
  readonly by: string;
  readonly at: string;
  readonly host: string;
  readonly port: number;
}

function collisions(topology: Topology, plans: readonly ProcessPlan[]): Contradiction[] {
  const seen = new Map<string, Taken>();
  const found: Contradiction[] = [];
  for (const taken of portsOf(topology, plans)) {
    if (taken.port > LAST_PORT)
      found.push({
        at: taken.at,
        says: `${taken.by} would listen at port ${taken.port}, which does not exist: choose a lower "port".`,
      });
    const key = `${taken.host}:${taken.port}`;
    const earlier = seen.get(key);
    if (earlier === undefined) seen.set(key, taken);
    else
      found.push({
        at: taken.at,
        says: `${earlier.by} and ${taken.by} would both listen at port ${taken.port}: choose another "port" for one of them.`,
      });
  }
  return found;
}

function portsOf({ engines = {}, balancer: door }: Topology, plans: readonly ProcessPlan[]): Taken[] {
  const ofEngines = Object.entries(engines).flatMap(([name, engine]) =>
    engine?.start === true && engine.port !== undefined
      ? [{ by: name, at: `/engines/${name}/port`, host: HERE, port: engine.port }]
      : [],
  );
  const ofProcesses = plans.flatMap((plan) => {
    const { name, port, hosts: named } = plan;
    if (port === undefined) return [];
    const at = `/processes/${name}/port`;
    const ports = Array.from({ length: mostOf(plan) }, (_, index) => (named === undefined ? port + index : port));
    return ports.map((each, index) => ({
      by: replicaName(name, index + 1),
      at,
      host: hostOf(named?.[index]),
      port: each,
    }));
  });
  const ofBalancer =
    door?.port === undefined ? [] : [{ by: 'the balancer', at: '/balancer/port', host: HERE, port: door.port }];
  return [...ofEngines, ...ofBalancer, ...ofProcesses];
}

function hostOf(named: string | undefined): string {
  return named === undefined || isThisMachine(named) ? HERE : named;
}

function balancer({ balancer: door }: Topology, plans: readonly ProcessPlan[]): Contradiction[] {
  if (door === undefined) return [];
  const target = plans.find(({ name }) => name === door.to);
  const doors = plans.filter(isDoor).map(({ name }) => name);
  const others = doors.length === 0 ? 'a process with edges or a gateway' : doors.join(' or ');
  const found: Contradiction[] = [];
  if (target === undefined)
    found.push({
      at: '/balancer/to',
      says: `the balancer leads to ${door.to}, which is no process: let it lead to ${others}.`,
    });
  else if (!isDoor(target))
    found.push({
      at: '/balancer/to',
      says: `the balancer leads to ${door.to}, which shows no edge and is no gateway: let it lead to ${others}.`,
    });
  if (door.layer === 7 && target?.gateway?.certificate !== undefined)
    found.push({
      at: '/balancer/layer',
      says: `at layer 7 the balancer reads requests, but TLS ends at ${target.name}: balance at layer 4, or give the certificate to the balancer.`,
    });
  if (door.layer === 4 && door.certificate !== undefined)
    found.push({
      at: '/balancer/certificate',
      says: 'at layer 4 the balancer passes TLS through: leave out its certificate, or balance at layer 7.',
    });
  if (door.layer === 4 && (door.sticky === true || (door.slowStartMs ?? 0) > 0))
    found.push({
      at: '/balancer/layer',
      says: 'at layer 4 the balancer does not see requests, so that it can neither keep a shopper with a replica nor start one slowly: balance at layer 7, or leave out "sticky" and "slowStartMs".',
    });
  return found;
}
