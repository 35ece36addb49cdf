import type { Topology } from '../topology.ts';
import { mostOf, processesOf } from './processes.ts';

/** Of each service's outbox that a process follows. */
const PER_FEED = 2;
/** For people, for provisioning, and for what a restarted process has not let go of yet. */
const SPARE = 30;

/** How many connections the processes of a topology may open to its database, all together. */
export function connectionsWanted(topology: Topology): number {
  const { services, connectionsPerService } = topology;
  const feeds = Object.keys(services).length * PER_FEED;
  const perReplica = processesOf(topology).map((plan) => {
    const { services: own, gateway } = plan;
    if (gateway !== undefined) return 0;
    // The keys of all persons are in a database of their own, and so are sessions.
    const databases = own.length + 2;
    return mostOf(plan) * (databases * connectionsPerService + feeds);
  });
  return perReplica.reduce((sum, each) => sum + each, SPARE);
}
