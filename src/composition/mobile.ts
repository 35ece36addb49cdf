import { problems } from '../contracts/problems.ts';
import type { GuestCartGate } from '../edges/gateway/guest-carts.ts';
import { android } from '../edges/mobile/android.ts';
import type { AppVersions } from '../edges/mobile/app-version.ts';
import { ios } from '../edges/mobile/ios.ts';
import { openMobile } from '../edges/mobile/mobile.ts';
import type { Capabilities, HttpRoutes } from '../platform/http/port.ts';
import type { Logger, Metrics } from '../platform/telemetry/port.ts';
import { apiInfo } from './api-info.ts';
import type { Composition } from './compose.ts';
import type { Engines } from './engines/engines.ts';

const dialects = { ios, android } as const;
const MOBILE_EDGES = Object.keys(dialects) as (keyof typeof dialects)[];

export interface MobilePlan {
  readonly composition: Pick<Composition, 'calls' | 'invalidations' | 'traffic'>;
  readonly engines: Pick<Engines, 'clock'>;
  readonly capabilities: Capabilities;
  readonly logger: Logger;
  readonly metrics: Pick<Metrics, 'watch'>;
  readonly mayOpenCart?: GuestCartGate;
  /** Which versions of an app are served, by platform; without one: all. */
  readonly appVersions?: Readonly<Record<string, AppVersions>> | undefined;
}

/** The routes of those of the edges that are for apps. */
export function openMobileEdges(
  { composition, engines, capabilities, logger, metrics, mayOpenCart, appVersions = {} }: MobilePlan,
  edges: readonly string[] = MOBILE_EDGES,
): HttpRoutes[] {
  const { traffic, calls, invalidations } = composition;
  return MOBILE_EDGES.filter((edge) => edges.includes(edge)).map((edge) => {
    const routes = openMobile({
      ...{ dialect: dialects[edge], problems, version: apiInfo.version, versions: appVersions[edge] },
      ...{ client: traffic.callsFrom(edge, calls).client, capabilities, invalidations, mayOpenCart },
      ...{ clock: engines.clock, logger: logger.child({ edge }), metrics },
    });
    traffic.ownRoutes(edge, routes);
    return routes;
  });
}
