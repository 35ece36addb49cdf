import type { Topology } from '../topology.ts';
import type { Contradiction } from './contradictions.ts';
import { choicesOf, processesOf } from './processes.ts';

/** Whether a process that is to grow would do more with another replica: one that only stands by answers nothing. */
export function growContradictions(topology: Topology): readonly Contradiction[] {
  const { search } = choicesOf(topology);
  const isRead = (service: string) => service === 'search' && search === 'opensearch';
  const { sidecars } = topology;
  return processesOf(topology).flatMap(({ name, grow, replicas, services, integrations, edges, hosts, gateway }) => {
    if (grow === undefined) return [];
    const at = `/processes/${name}/grow`;
    if (grow.max <= replicas)
      return [{ at: `${at}/max`, says: `${name} has ${replicas} replicas already: raise "max", or leave "grow" out.` }];
    if (hosts !== undefined)
      return [{ at, says: `${name} runs on hosts of its own, where nothing is started from here: leave "grow" out.` }];
    if (sidecars !== undefined)
      return [
        {
          at,
          says: `nothing would stand beside the replicas that ${name} has for a while: leave "grow" out, or "sidecars".`,
        },
      ];
    const others = services.filter((service) => !isRead(service));
    if (services.length > 0 && others.length + integrations.length + edges.length === 0 && gateway === undefined)
      return [];
    return [
      {
        at,
        says: `more replicas of ${name} would only stand by: "grow" is for a process of services that every replica answers, which is search on opensearch; give it a process of its own.`,
      },
    ];
  });
}
