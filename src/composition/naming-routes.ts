import type { HttpRoutes } from '../platform/http/port.ts';
import type { RouteName } from '../platform/membership/port.ts';

/** The same routes; once registered, their methods and addresses are in `names`. */
export function namingRoutes(routes: readonly HttpRoutes[]): {
  readonly routes: readonly HttpRoutes[];
  readonly names: readonly RouteName[];
} {
  const names: RouteName[] = [];
  const naming = routes.map((each): HttpRoutes => {
    return (http) => {
      http.addHook('onRoute', ({ method, url, bodyLimit }) => {
        const limit = bodyLimit === undefined ? {} : { bodyLimit };
        for (const one of [method].flat()) names.push({ method: one, url, ...limit });
      });
      return each(http);
    };
  });
  return { routes: naming, names };
}
