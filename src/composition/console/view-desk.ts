import type { GatewayParts } from '../../edges/gateway/gateway.ts';
import type { ViewDesk } from '../../edges/gateway/operators-routes.ts';
import { rejected } from '../../kernel/outcome.ts';
import type { Desk } from './desk.ts';

/** What the gateway's routes for operators ask. */
export function administration(desks: readonly Desk[]): Pick<GatewayParts, 'hospitals' | 'sagas' | 'views'> {
  return {
    hospitals: Object.fromEntries(desks.map(({ service, hospital }) => [service, hospital])),
    sagas: Object.fromEntries(desks.map((desk) => [desk.service, desk])),
    views: viewDesk(desks),
  };
}

/** All views of all services at one desk. Those of a service that does not answer are left out. */
export function viewDesk(desks: readonly Desk[]): ViewDesk {
  return {
    async status() {
      const found = await Promise.allSettled(desks.map(({ views }) => views()));
      return found.flatMap((each) => (each.status === 'fulfilled' ? each.value : []));
    },
    async rebuild(service, name) {
      const desk = desks.find((each) => each.service === service);
      return desk?.rebuild(name) ?? rejected({ code: 'unknown_view', detail: 'There is no such view.' });
    },
  };
}
