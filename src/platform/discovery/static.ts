import type { Clock } from '../clock/port.ts';
import { roster } from './known.ts';
import type { Discovery, Instance, Registration } from './port.ts';

/** The list is what a topology says: known at once, never stale, and nobody can put himself in. */
export function staticDiscovery(clock: Clock, lists: Readonly<Record<string, readonly Instance[]>>): Discovery {
  return {
    capabilities: { registers: false, leases: false, metadata: true, noticedWithinMs: 'none' },
    watch(name) {
      const known = {
        instances: roster(Object.hasOwn(lists, name) ? (lists[name] ?? []) : []),
        state: 'current',
        confirmedAt: clock.now(),
      } as const;
      return { current: () => known, first: Promise.resolve(known), close: () => undefined };
    },
    register: () => NOTHING_TO_DO,
    close: () => Promise.resolve(),
  };
}

/** What `register` answers where the list is kept by somebody else. */
export const NOTHING_TO_DO: Registration = {
  taken: Promise.resolve(),
  status: () => ({ taken: true }),
  deregister: () => Promise.resolve(),
};
