import { join } from 'node:path';
import { inventory } from '../../contracts/inventory.ts';
import { payments } from '../../contracts/payments.ts';
import { problems } from '../../contracts/problems.ts';
import type { Passage } from '../../edges/console/admin-passage.ts';
import { consoleRoutes } from '../../edges/console/console.ts';
import { orderLogRoutes } from '../../edges/console/order-log-routes.ts';
import { overviewRoutes } from '../../edges/console/overview-routes.ts';
import { takePulse } from '../../edges/console/pulse.ts';
import { pulseRoutes } from '../../edges/console/pulse-routes.ts';
import { sagaRoutes } from '../../edges/console/saga-routes.ts';
import { type Setting, systemRoutes } from '../../edges/console/system-routes.ts';
import { topologyRoutes } from '../../edges/console/topology-routes.ts';
import { viewRoutes } from '../../edges/console/view-routes.ts';
import type { Contract } from '../../kernel/contract.ts';
import type { Clock, Random } from '../../platform/clock/port.ts';
import type { HttpRoutes } from '../../platform/http/port.ts';
import type { Readiness } from '../../platform/http/readiness.ts';
import type { SessionStore } from '../../platform/session-store/port.ts';
import type { Metrics } from '../../platform/telemetry/port.ts';
import { apiInfo } from '../api-info.ts';
import type { Composition } from '../compose.ts';
import { cloneFolder } from '../settings.ts';
import { streamsOf } from '../streams.ts';
import { casesOf, partsOf, processNow, shopFacts, shopLayout } from './console-facts.ts';
import { runsInFlight, sagasOf } from './console-sagas.ts';
import type { Desk } from './desk.ts';
import { viewDesk } from './view-desk.ts';

export interface ConsoleWiring {
  readonly adminToken: string;
  /** A secret for the console's cookies. */
  readonly secret: string;
  readonly composition: Pick<Composition, 'parts' | 'calls' | 'guards' | 'traffic' | 'partners'>;
  /** Of every service of the shop. */
  readonly desks: readonly Desk[];
  readonly contracts: ReadonlyMap<string, Contract>;
  readonly metrics: Metrics;
  readonly readiness: Readiness;
  readonly clock: Clock;
  readonly random: Random;
  readonly topology?: {
    readonly name: string;
    /** Integrations whose other side is simulated here. */
    readonly simulated: readonly string[];
    /** What the topology says to each part. */
    readonly settings: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
  };
  /** How `/v1/admin` is asked where its routes are elsewhere. */
  readonly passage?: Passage;
  readonly sessionStore?: SessionStore;
  /** What the environment says, as it may be shown. */
  readonly settings?: readonly Setting[];
}

/** The operations console of a composition. */
export function operationsConsole(wiring: ConsoleWiring): HttpRoutes {
  const { adminToken, secret, composition, metrics, readiness, clock, random, topology, settings = [] } = wiring;
  const { desks, contracts } = wiring;
  const { calls, guards, partners } = composition;
  const facts = shopFacts(composition, metrics);
  const pulse = takePulse(facts, clock);
  const { client } = composition.traffic.callsFrom('console', calls);
  const runs = (limit: number, waitingMs?: number) => runsInFlight(desks, limit, waitingMs);
  const breakers = () => guards.map(({ name, state }) => ({ name, state: state() }));
  const desk = viewDesk(desks);
  const now = () => clock.now();

  return consoleRoutes({
    ...{ adminToken, secret, problems, version: apiInfo.version, clock, random },
    ...{ passage: wiring.passage, sessionStore: wiring.sessionStore },
    pagesFolder: join(cloneFolder, 'web', 'dist', 'console'),
    routes: [
      pulseRoutes(pulse),
      overviewRoutes({
        ...{ payments: client(payments), inventory: client(inventory), breakers, clock },
        cases: () => casesOf(desks),
        runs: () => runs(1_000),
      }),
      orderLogRoutes(streamsOf(desks), clock),
      sagaRoutes({ sagas: () => sagasOf(desks), runs }),
      viewRoutes({ status: desk.status, rebuild: desk.rebuild, now }),
      systemRoutes({
        ...{ readiness, process: processNow, settings: () => settings },
        services: () => partsOf(desks, topology?.settings ?? {}),
      }),
      topologyRoutes({
        layout: () =>
          shopLayout({ desks, contracts, guards, partners }, topology?.name ?? 'test', topology?.simulated ?? []),
        ...{ pulse, now },
      }),
    ],
  });
}
