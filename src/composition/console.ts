import { join } from 'node:path';
import { problems } from '../contracts/problems.ts';
import { consoleRoutes } from '../edges/console/console.ts';
import { systemClock, systemRandom } from '../platform/clock/system.ts';
import type { HttpRoutes } from '../platform/http/port.ts';
import { apiInfo } from './api-info.ts';
import { cloneFolder } from './settings.ts';

export interface ConsoleWiring {
  readonly adminToken: string;
  /** A secret for the console's cookies. */
  readonly secret: string;
}

/** The operations console of a composition. */
export function operationsConsole({ adminToken, secret }: ConsoleWiring): HttpRoutes {
  return consoleRoutes({
    ...{ adminToken, secret, problems, version: apiInfo.version },
    pagesFolder: join(cloneFolder, 'web', 'dist', 'console'),
    routes: [],
    ...{ clock: systemClock, random: systemRandom },
  });
}
