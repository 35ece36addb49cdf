import { type AlertThresholds, publicPath, type RouteTable } from './schema.ts';

/** When somebody is to be told: of one route, or of all of a gateway together. */
export interface GatewayThreshold {
  /** The template that the route's metrics are labelled with; absent: all routes of the gateway. */
  readonly route?: string;
  /** Shares from 0 to 1. */
  readonly errorRatio?: number;
  readonly shedRatio?: number;
  readonly p99Seconds?: number;
  /** How long it must last before anybody is told. */
  readonly forSeconds: number;
}

const FOR_MS = 300_000;

/** The thresholds of a route table, as alert rules can be written from: the gateway's own first, then those of routes. */
export function thresholdsOf({ alerts, routes }: RouteTable): readonly GatewayThreshold[] {
  const ofRoutes = routes.flatMap((route) =>
    route.alerts === undefined ? [] : [{ route: publicPath(route), ...told(route.alerts) }],
  );
  return alerts === undefined ? ofRoutes : [told(alerts), ...ofRoutes];
}

function told({ errorRatio, shedRatio, p99Ms, forMs = FOR_MS }: AlertThresholds): GatewayThreshold {
  return {
    ...(errorRatio !== undefined && { errorRatio }),
    ...(shedRatio !== undefined && { shedRatio }),
    ...(p99Ms !== undefined && { p99Seconds: p99Ms / 1_000 }),
    forSeconds: forMs / 1_000,
  };
}
