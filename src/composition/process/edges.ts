import { problems } from '../../contracts/problems.ts';
import { gateway } from '../../edges/gateway/gateway.ts';
import type { GuestCartGate } from '../../edges/gateway/guest-carts.ts';
import type { Web } from '../../edges/web/web.ts';
import type { Contract } from '../../kernel/contract.ts';
import type { Capabilities, HttpRoutes, HttpServer } from '../../platform/http/port.ts';
import type { Readiness } from '../../platform/http/readiness.ts';
import { createHttpServer } from '../../platform/http/server.ts';
import type { SessionStore } from '../../platform/session-store/port.ts';
import type { Logger, Metrics } from '../../platform/telemetry/port.ts';
import type { RunningTracing } from '../../platform/telemetry/tracing.ts';
import { apiInfo } from '../api-info.ts';
import { type ConsoleWiring, operationsConsole } from '../console/console.ts';
import type { Desk } from '../console/desk.ts';
import { administration } from '../console/view-desk.ts';
import type { Engines } from '../engines/engines.ts';
import { type MobilePlan, openMobileEdges } from '../mobile.ts';
import { openStorefront } from '../pages.ts';

export interface ProcessEdges {
  /** Does not listen yet. */
  readonly http: HttpServer;
  readonly web: Web | undefined;
}

export interface ProcessEdgesOptions {
  /** `api`, `web`, `console`, `ios`, `android`: what is shown here. */
  readonly edges: readonly string[];
  readonly composition: ConsoleWiring['composition'] & Parameters<typeof openStorefront>[0]['composition'];
  readonly desks: readonly Desk[];
  readonly contracts: ReadonlyMap<string, Contract>;
  /** For the processes of the shop alone. */
  readonly inside: readonly HttpRoutes[];
  readonly adminToken: string;
  readonly consoleSecret: string;
  readonly topology: NonNullable<ConsoleWiring['topology']>;
  readonly settings: NonNullable<ConsoleWiring['settings']>;
  readonly sessionStore?: SessionStore;
  readonly passage: NonNullable<ConsoleWiring['passage']>;
  readonly capabilities: Capabilities;
  readonly origin: string;
  /** Whether a balancer in front says who the client is. */
  readonly trustProxy: boolean;
  readonly mayOpenCart: GuestCartGate;
  readonly appVersions?: MobilePlan['appVersions'];
  readonly engines: Pick<Engines, 'clock' | 'random'>;
  readonly logger: Logger;
  readonly metrics: Metrics;
  readonly tracing: RunningTracing;
  readonly readiness: Readiness;
}

/** What a process shows that is no service's: pages, console, administration, operations, and the way in for its peers. */
export async function openProcessEdges(options: ProcessEdgesOptions): Promise<ProcessEdges> {
  const { edges, composition, desks, contracts, adminToken, capabilities, origin, engines } = options;
  const { logger, metrics, tracing, readiness, mayOpenCart } = options;
  const { clock, random } = engines;
  const web = edges.includes('web')
    ? await openStorefront({ composition, engines, capabilities, metrics, logger, origin, mayOpenCart })
    : undefined;
  const http = await createHttpServer({
    ...{ problems, info: apiInfo, logger, metrics, tracing, readiness, clock, random },
    ...(web && { problemPage: web.problemPage }),
    trustProxy: options.trustProxy,
  });
  for (const each of options.inside) await http.register(async (scope) => each(scope as HttpServer));
  if (edges.length === 0) return { http, web };

  const console = edges.includes('console')
    ? operationsConsole({
        ...{
          adminToken,
          secret: options.consoleSecret,
          composition,
          desks,
          contracts,
          metrics,
          readiness,
          clock,
          random,
        },
        ...{ topology: options.topology, settings: options.settings, passage: options.passage },
        ...(options.sessionStore && { sessionStore: options.sessionStore }),
      })
    : undefined;
  await gateway({
    ...{ http, adminToken, readiness, traces: tracing.recent },
    routes: [web?.routes, ...openMobileEdges(options, edges), console]
      .filter((each) => each !== undefined)
      .map((each) => composition.traffic.watchRoutes(each)),
    ...administration(desks),
  });
  return { http, web };
}
