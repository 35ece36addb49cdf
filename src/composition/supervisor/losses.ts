import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import type { LogSight } from '../engines/engines.ts';
import { goingOnWithout, keepSights, lossOf, lostFault, sightsIn, WITNESS } from '../witness.ts';

export interface LossesOptions {
  /** JANGTEO_HOME; each process has its witness in a folder below it. */
  readonly home: string;
  /** Names the databases, as the processes do. */
  readonly of: string;
  /** Whose databases there are. */
  readonly services: readonly string[];
  readonly sightOf: (service: string) => Promise<LogSight>;
  /** Goes on without what is lost: no witness remembers it any more. */
  readonly acceptLoss: boolean;
  readonly say: (line: string) => void;
}

/**
 * Holds the databases against what the witnesses of all processes have seen of them, before any process starts: each of them would
 * refuse to lead, and go on trying. Throws a SetupFault that says what is lost.
 */
export async function checkLosses(options: LossesOptions): Promise<void> {
  const { home, of, services, sightOf, acceptLoss, say } = options;
  const witnesses = witnessFiles(home).map((file) => ({ file, sights: sightsIn(file, of) }));
  const seen = services.filter((service) => witnesses.some(({ sights }) => sights[service] !== undefined));
  const now = await Promise.all(seen.map(async (service) => [service, await sightOf(service)] as const));
  const lost = new Set<string>();
  for (const [service, sight] of now) {
    const losses = witnesses.flatMap(({ sights }) => lossOf(sights[service], sight) ?? []);
    // Whoever led last has seen most of it.
    const [worst] = losses.sort((one, other) => other.events - one.events);
    if (worst === undefined) continue;
    if (!acceptLoss) throw lostFault(service, worst);
    say(goingOnWithout(service, worst));
    lost.add(service);
  }
  if (lost.size === 0) return;
  for (const { file, sights } of witnesses) {
    const kept = Object.entries(sights).filter(([service]) => !lost.has(service));
    keepSights(file, { of, logs: Object.fromEntries(kept) });
  }
}

function witnessFiles(home: string): readonly string[] {
  const folder = join(home, 'processes');
  try {
    return readdirSync(folder).map((name) => join(folder, name, WITNESS));
  } catch {
    // No process has run here yet.
    return [];
  }
}
