import type { Logger } from '../telemetry/port.ts';
import type { Invalidations } from './port.ts';

/** Invalidations among the parts of one process. A listener that throws harms no other. */
export function localInvalidations(logger: Logger): Invalidations {
  const listeners = new Set<(tags: readonly string[]) => void>();
  return {
    publish(tags) {
      if (tags.length === 0) return;
      for (const listener of listeners) {
        try {
          listener(tags);
        } catch (error) {
          logger.error({ err: error }, 'a keeper of copies could not be told of a change');
        }
      }
    },
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}
