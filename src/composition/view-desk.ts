import type { ViewDesk } from '../edges/gateway/operators-routes.ts';
import { done, rejected } from '../kernel/outcome.ts';
import type { Part } from './part.ts';

/** All views of all services at one desk. */
export function viewDesk(parts: readonly Part[]): ViewDesk {
  return {
    status: async () => parts.flatMap(({ views }) => [...views.values()].map((view) => view.status())),
    async rebuild(service, name) {
      const view = parts.find((part) => part.name === service)?.views.get(name);
      if (view === undefined) return rejected({ code: 'unknown_view', detail: 'There is no such view.' });
      await view.rebuild();
      return done(view.status());
    },
  };
}
