import { Type } from 'typebox';
import { guardInside } from '../http/inside.ts';
import type { HttpRoutes } from '../http/port.ts';
import { NOTICES_PATH, type OpenMembership } from './membership.ts';

/** Where peers listen to this process. Nobody else is let in. */
export function noticeRoutes({ tellTo }: Pick<OpenMembership, 'tellTo'>, token: string): HttpRoutes {
  return (http) => {
    guardInside(http, token);
    const querystring = Type.Object({ member: Type.Optional(Type.String()) });
    http.get(NOTICES_PATH, { schema: { hide: true, querystring } }, (request, reply) => {
      reply.hijack();
      const { raw } = reply;
      raw.writeHead(200, { 'content-type': 'application/x-ndjson', 'cache-control': 'no-store' });
      const end = tellTo(raw, request.query.member);
      request.raw.once('close', end);
      raw.once('close', end);
    });
  };
}
