import type { ApiGateway } from '../../edges/gateway/front/api-gateway.ts';
import type { Tally } from '../../edges/gateway/front/tally.ts';
import { upstreamsOf } from '../../edges/gateway/routes/schema.ts';
import type { Gauges, Metrics } from '../../platform/telemetry/port.ts';
import type { FollowedGatewayRoutes } from './serve-gateway.ts';

type OfRoutes = {
  [Name in keyof Gauges]: Gauges[Name] extends { readonly gateway: string; readonly route: string } ? Name : never;
}[keyof Gauges];

const COUNTS: Readonly<Record<OfRoutes, keyof Tally>> = {
  jangteo_gateway_shed_total: 'shed',
  jangteo_gateway_limited_total: 'limited',
  jangteo_gateway_repeated_total: 'repeated',
  jangteo_gateway_hedged_total: 'hedged',
  jangteo_gateway_mirrored_total: 'mirrored',
  jangteo_gateway_drilled_total: 'drilled',
};

/** What a gateway counts beside its answers, whose durations are counted by route like everywhere. */
export function watchGateway(
  { watch }: Pick<Metrics, 'watch'>,
  gateway: string,
  served: ApiGateway,
  isThere: (upstream: string) => boolean,
  routes: FollowedGatewayRoutes,
): void {
  const { tallies, load } = served;
  for (const [name, count] of Object.entries(COUNTS) as [OfRoutes, keyof Tally][])
    watch(name, () =>
      [...tallies.all()].map(([route, tally]) => ({ labels: { gateway, route }, value: tally[count] })),
    );
  watch('jangteo_gateway_under_way', () => [{ labels: { gateway }, value: load.inside }]);
  watch('jangteo_gateway_waiting', () => [{ labels: { gateway }, value: load.waiting }]);
  watch('jangteo_gateway_routes_taken_over_total', () => [{ labels: { gateway }, value: routes.used }]);
  watch('jangteo_gateway_routes_refused_total', () => [{ labels: { gateway }, value: routes.refused }]);
  watch('jangteo_gateway_upstream_up', () =>
    upstreamsOf(served.table).map((upstream) => ({ labels: { gateway, upstream }, value: isThere(upstream) ? 1 : 0 })),
  );
}
