import type { Registration, Watch } from './port.ts';

/** What an adapter has handed out and must end when it is closed. */
export interface OpenHandles {
  watch(watch: Watch): Watch;
  registration(registration: Registration): Registration;
  /** Takes back every registration, then ends every watch. */
  closeAll(): Promise<void>;
}

export function openHandles(): OpenHandles {
  const watches = new Set<Watch>();
  const registrations = new Set<Registration>();
  return {
    watch(watch) {
      const held = {
        ...watch,
        close() {
          watches.delete(held);
          watch.close();
        },
      };
      watches.add(held);
      return held;
    },
    registration(registration) {
      const held = {
        ...registration,
        deregister() {
          registrations.delete(held);
          return registration.deregister();
        },
      };
      registrations.add(held);
      return held;
    },
    async closeAll() {
      await Promise.all([...registrations].map((each) => each.deregister()));
      for (const watch of [...watches]) watch.close();
    },
  };
}
