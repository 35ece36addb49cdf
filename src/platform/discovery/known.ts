import type { Instance } from './port.ts';

/** Instances in the order of their ids, each id once (the first that is named). */
export function roster(instances: Iterable<Instance>): readonly Instance[] {
  const byId = new Map<string, Instance>();
  for (const instance of instances) if (!byId.has(instance.id)) byId.set(instance.id, instance);
  return [...byId.values()].sort((a, b) => (a.id < b.id ? -1 : 1));
}

/** Whether two rosters say the same of the same instances. */
export function sameRoster(a: readonly Instance[], b: readonly Instance[]): boolean {
  return a.length === b.length && a.every((instance, index) => sameInstance(instance, b[index]));
}

function sameInstance(a: Instance, b: Instance | undefined): boolean {
  if (a === b) return true;
  if (b === undefined || a.id !== b.id || a.origin !== b.origin) return false;
  const names = Object.keys(a.metadata);
  return (
    names.length === Object.keys(b.metadata).length && names.every((name) => a.metadata[name] === b.metadata[name])
  );
}
