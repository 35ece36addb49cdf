import type { Clock } from '../clock/port.ts';
import { roster, sameRoster } from './known.ts';
import { type Instance, type Known, type Watch, WatchClosed } from './port.ts';

/** What a watch knows, fed by whatever asks the registry. */
export interface Sighting {
  readonly watch: Watch;
  /** The registry answered. */
  told(instances: Iterable<Instance>): void;
  /** The registry did not answer. */
  lost(trouble: string): void;
}

/** After an outage a registry that kept nothing fills only with the next heartbeats: until then, who is missing is kept. */
const GRACE_MS = 15_000;

/** Keeps what was last known; tells `changed` when the instances or the state are others than before. */
export function sighting(
  clock: Clock,
  changed: ((known: Known) => void) | undefined,
  closed: () => void,
  graceMs = GRACE_MS,
): Sighting {
  let known: Known = { instances: [], state: 'awaited', confirmedAt: undefined };
  let graceUntil = 0;
  let kept: ReadonlySet<string> = new Set();
  let cancelGrace: (() => void) | undefined;
  let isClosed = false;
  const { promise: first, resolve, reject } = Promise.withResolvers<Known>();
  first.catch(() => undefined);

  const become = (next: Known) => {
    const isSame = next.state === known.state && sameRoster(next.instances, known.instances);
    known = isSame ? { ...next, instances: known.instances } : next;
    if (known.state !== 'awaited') resolve(known);
    if (!isSame) changed?.(known);
  };
  const endGrace = () => {
    cancelGrace?.();
    cancelGrace = undefined;
    graceUntil = 0;
  };

  return {
    watch: {
      current: () => known,
      first,
      close() {
        if (isClosed) return;
        isClosed = true;
        endGrace();
        reject(new WatchClosed('the watch was closed before the registry answered'));
        closed();
      },
    },
    told(instances) {
      if (isClosed) return;
      const named = roster(instances);
      const now = clock.now();
      const wasAway = known.state === 'stale' && graceUntil === 0;
      if (wasAway) graceUntil = now + graceMs;
      const missing = now < graceUntil ? known.instances.filter(({ id }) => !named.some((each) => each.id === id)) : [];
      if (missing.length === 0) {
        endGrace();
        return become({ instances: named, state: 'current', confirmedAt: now });
      }
      cancelGrace ??= clock.after(graceUntil - now, () => {
        const returned = known.instances.filter((each) => !kept.has(each.id));
        endGrace();
        become({ instances: returned, state: 'current', confirmedAt: clock.now() });
      });
      kept = new Set(missing.map(({ id }) => id));
      become({
        ...known,
        instances: roster([...named, ...missing]),
        state: 'stale',
        trouble: `the registry was away and has not heard again from ${[...kept].join(', ')}`,
      });
    },
    lost(trouble) {
      if (isClosed) return;
      endGrace();
      become({ ...known, state: known.state === 'awaited' ? 'awaited' : 'stale', trouble });
    },
  };
}
