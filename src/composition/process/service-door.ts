import type { IncomingMessage, ServerResponse } from 'node:http';
import { problems } from '../../contracts/problems.ts';
import { guardAdmin } from '../../edges/gateway/admin-guard.ts';
import { type GuestCartGate, guardGuestCarts } from '../../edges/gateway/guest-carts.ts';
import type { HttpRoutes, HttpServer } from '../../platform/http/port.ts';
import { readiness } from '../../platform/http/readiness.ts';
import { createHttpServer, type HttpServerOptions } from '../../platform/http/server.ts';
import type { RouteName } from '../../platform/membership/port.ts';
import { apiInfo } from '../api-info.ts';
import { namingRoutes } from '../naming-routes.ts';

/** The public routes of one service while it is led here. It listens nowhere: requests are handed to it. */
export interface ServiceDoor {
  readonly names: readonly RouteName[];
  handle(request: IncomingMessage, response: ServerResponse): void;
  /** Its part of the OpenAPI document. */
  document(): object;
  /** Ends event streams and answers what is under way. */
  close(): Promise<void>;
}

export type ServiceDoorOptions = Pick<
  HttpServerOptions,
  'problemPage' | 'logger' | 'metrics' | 'tracing' | 'clock' | 'random'
> & { readonly adminToken: string; readonly mayOpenCart: GuestCartGate };

export async function openServiceDoor(
  options: ServiceDoorOptions,
  routes: readonly HttpRoutes[],
): Promise<ServiceDoor> {
  const http = await createHttpServer({
    ...options,
    ...{ problems, info: apiInfo, readiness: readiness() },
    // Requests come through the doors of the shop's own processes, which say for whom.
    trustProxy: true,
  });
  guardAdmin(http, options.adminToken);
  guardGuestCarts(http, options.mayOpenCart);
  const naming = namingRoutes(routes);
  for (const each of naming.routes) await http.register(async (scope) => each(scope as HttpServer));
  await http.ready();
  let underWay = 0;
  let idle = () => {};
  return {
    names: naming.names,
    handle(request, response) {
      underWay += 1;
      response.once('close', () => {
        underWay -= 1;
        if (underWay === 0) idle();
      });
      http.routing(request, response);
    },
    document: () => http.swagger(),
    async close() {
      http.eventStreams.closeAll(0);
      if (underWay > 0)
        await new Promise<void>((resolve) => {
          idle = resolve;
        });
      await http.close();
    },
  };
}
