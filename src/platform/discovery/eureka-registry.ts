import { appOf, type EurekaInstance, instanceOf, type RegistryPart } from './eureka-words.ts';
import type { Instance } from './port.ts';

/** The whole registry as a client keeps it: fetched once, then kept up by changes. */
export interface EurekaRegistry {
  /** Takes a full registry. */
  replace(full: RegistryPart): void;
  /** Takes the changes of the last minutes, some of them perhaps again. False: what came of it is not what the server has. */
  apply(delta: RegistryPart): boolean;
  /** Those of a name that are up. */
  up(name: string): readonly Instance[];
}

export function eurekaRegistry(): EurekaRegistry {
  let byKey = new Map<string, { readonly app: string; readonly instance: EurekaInstance }>();
  const keyOf = (app: string, { instanceId }: EurekaInstance) => `${app}/${instanceId}`;
  return {
    replace({ instances }) {
      byKey = new Map(instances.map((each) => [keyOf(each.app, each.instance), each]));
    },
    apply({ hash, instances }) {
      for (const each of instances) {
        const key = keyOf(each.app, each.instance);
        if (each.instance.actionType === 'DELETED') byKey.delete(key);
        else byKey.set(key, each);
      }
      return hashOf([...byKey.values()].map(({ instance }) => instance.status)) === hash;
    },
    up: (name) =>
      [...byKey.values()]
        .filter(({ app, instance }) => app === appOf(name) && instance.status === 'UP')
        .map(({ instance }) => instanceOf(instance)),
  };
}

/** Eureka's own check of a registry (`Applications.getReconcileHashCode`): statuses in their order, with their numbers. */
export function hashOf(statuses: readonly string[]): string {
  const counts = new Map<string, number>();
  for (const status of statuses) counts.set(status, (counts.get(status) ?? 0) + 1);
  return [...counts]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([status, count]) => `${status}_${count}_`)
    .join('');
}
