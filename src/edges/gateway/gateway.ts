import type { Hospital } from '../../platform/hospital/port.ts';
import type { HttpRoutes, HttpServer } from '../../platform/http/port.ts';
import { guardAdmin } from './admin-guard.ts';
import { type GuestCartGate, guardGuestCarts } from './guest-carts.ts';
import { hospitalBulkRoutes } from './hospital-bulk.ts';
import { hospitalRoutes } from './hospital-routes.ts';
import { type OperatorsParts, operatorsRoutes } from './operators-routes.ts';
import { welcomeRoutes } from './welcome-page.ts';

export interface GatewayParts extends OperatorsParts {
  readonly http: HttpServer;
  /** What the services and integrations of this process add to the API. */
  readonly routes: readonly HttpRoutes[];
  /** Opens `/v1/admin`. */
  readonly adminToken: string;
  /** The error hospital of each service, by its name. */
  readonly hospitals: Readonly<Record<string, Hospital>>;
  /** Limits how many carts guests open; without it they are not limited. */
  readonly mayOpenCart?: GuestCartGate | undefined;
}

/**
 * Makes a server the shop's door: the guard of `/v1/admin`, the routes of every service, what belongs to whoever runs the
 * shop, and the page at `/`. Call it once, before anything else is registered on the server and before it listens.
 */
export async function gateway(parts: GatewayParts): Promise<void> {
  const { http, routes, adminToken, hospitals, mayOpenCart, ...operators } = parts;
  guardAdmin(http, adminToken);
  if (mayOpenCart !== undefined) guardGuestCarts(http, mayOpenCart);
  for (const each of [
    ...routes,
    hospitalRoutes(hospitals),
    hospitalBulkRoutes(hospitals),
    operatorsRoutes(operators),
    welcomeRoutes(),
  ]) {
    // A scope of its own: what one part registers (a content type, a hook) reaches no other.
    await http.register(async (scope) => each(scope as HttpServer));
  }
}
