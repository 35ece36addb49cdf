import { Type } from 'typebox';
import type { HttpRoutes } from '../../platform/http/port.ts';
import type { Readiness } from '../../platform/http/readiness.ts';
import type { Membership } from '../../platform/membership/port.ts';

export const LEADER_PATH = '/leaderz';

const Led = Type.Object({ leads: Type.Boolean(), services: Type.Array(Type.String()) });

/**
 * `GET /leaderz`: 200 while this process is ready and leads every service that it hosts, else 503. A balancer that asks for it sends
 * requests where they need not be passed on, as databases behind HAProxy are found by their primary's answer.
 */
export function leaderRoute(
  hosted: readonly string[],
  { leaderOf }: Pick<Membership, 'leaderOf'>,
  readiness: Pick<Readiness, 'read'>,
): HttpRoutes {
  return (http) => {
    http.get(
      LEADER_PATH,
      {
        schema: { hide: true, response: { 200: Led, 503: Led } },
      },
      async (_request, reply) => {
        const services = hosted.filter((service) => leaderOf(service)?.isSelf);
        const leads = services.length === hosted.length && (await readiness.read()).ready;
        return reply
          .code(leads ? 200 : 503)
          .header('cache-control', 'no-store')
          .send({ leads, services });
      },
    );
  };
}
