import type { Logger } from '../telemetry/port.ts';
import type { Invalidations } from './port.ts';

interface Listener {
  readonly heard: (tags: readonly string[]) => void;
  readonly anything: () => void;
}

/** Invalidations among the parts of one process. A listener that throws harms no other. */
export function localInvalidations(logger: Logger): Invalidations {
  const listeners = new Set<Listener>();
  const tell = (tellOne: (listener: Listener) => void) => {
    for (const listener of listeners) {
      try {
        tellOne(listener);
      } catch (error) {
        logger.error({ err: error }, 'a keeper of copies could not be told of a change');
      }
    }
  };
  return {
    publish(tags) {
      if (tags.length > 0) tell(({ heard }) => heard(tags));
    },
    publishAll: () => tell(({ anything }) => anything()),
    subscribe(heard, anything) {
      const listener = { heard, anything };
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}
