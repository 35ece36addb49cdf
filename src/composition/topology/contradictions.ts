import { SetupFault } from '../fault.ts';
import type { Known, Topology } from '../topology.ts';
import { addressContradictions } from './addresses-check.ts';
import { engineContradictions } from './engines-check.ts';
import { gatewayContradictions } from './gateways-check.ts';
import { growContradictions } from './grow-check.ts';
import { placementContradictions } from './placement-check.ts';
import { sidecarContradictions } from './sidecars-check.ts';

/** Two things that a topology says and that cannot both be meant. */
export interface Contradiction {
  /** Where in the topology: a JSON path. */
  readonly at: string;
  /** One sentence: what is wrong, and the way out. */
  readonly says: string;
}

/** Everything that a topology contradicts itself in, as far as it can be known before anything is started. */
export function contradictionsIn(topology: Topology, known: Known): readonly Contradiction[] {
  return [
    ...placementContradictions(topology, known),
    ...engineContradictions(topology),
    ...growContradictions(topology),
    ...addressContradictions(topology),
    ...sidecarContradictions(topology),
    ...gatewayContradictions(topology),
  ];
}

/** Throws a SetupFault that tells the first contradiction of a topology, and how many there are beside it. */
export function checkTopology(topology: Topology, known: Known): void {
  const [first, ...others] = contradictionsIn(topology, known);
  if (first === undefined) return;
  const more = others.length === 0 ? '' : ` (and ${others.length} more: \`jangteo topology check\` tells them all)`;
  throw new SetupFault(`The topology ${topology.name} contradicts itself at ${first.at}: ${first.says}${more}`);
}
