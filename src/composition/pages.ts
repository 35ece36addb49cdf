import { join } from 'node:path';
import { problems } from '../contracts/problems.ts';
import type { GuestCartGate } from '../edges/gateway/guest-carts.ts';
import { readStorefront } from '../edges/web/storefront.ts';
import { openWeb, type Web } from '../edges/web/web.ts';
import type { Capabilities } from '../platform/http/port.ts';
import type { Logger, Metrics } from '../platform/telemetry/port.ts';
import { apiInfo } from './api-info.ts';
import type { Composition } from './compose.ts';
import type { Engines } from './engines/engines.ts';
import { SetupFault } from './fault.ts';
import { cloneFolder } from './settings.ts';

/** Where `bin/setup` builds the pages. */
const PAGES_FOLDER = join(cloneFolder, 'web', 'dist');

export interface PagesPlan {
  readonly composition: Pick<Composition, 'calls' | 'invalidations' | 'traffic'>;
  readonly engines: Pick<Engines, 'clock' | 'random'>;
  readonly capabilities: Capabilities;
  readonly metrics: Pick<Metrics, 'watch'>;
  readonly logger: Logger;
  readonly mayOpenCart?: GuestCartGate;
  /** The shop's public address. */
  readonly origin: string;
}

/** The storefront for this shop: its routes, and how problems look in it. Throws a SetupFault when its pages were not built. */
export async function openStorefront({
  composition,
  engines,
  capabilities,
  metrics,
  logger,
  origin,
  mayOpenCart,
}: PagesPlan): Promise<Web> {
  const storefront = await readStorefront(PAGES_FOLDER).catch((error: unknown) => {
    throw new SetupFault('The pages are not built: start the shop with npm start, which builds them.', {
      cause: error,
    });
  });
  const web = openWeb({
    ...(mayOpenCart && { mayOpenCart }),
    ...{ storefront, origin, problems, capabilities, metrics, version: apiInfo.version },
    ...{
      client: composition.traffic.callsFrom('storefront', composition.calls).client,
      invalidations: composition.invalidations,
      clock: engines.clock,
      random: engines.random,
      logger: logger.child({ edge: 'web' }),
    },
  });
  composition.traffic.ownRoutes('storefront', web.routes);
  return web;
}
