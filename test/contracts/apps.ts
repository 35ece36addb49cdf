import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { problems } from '../../src/contracts/problems.ts';
import { android } from '../../src/edges/mobile/android.ts';
import type { Dialect } from '../../src/edges/mobile/dialect.ts';
import { ios } from '../../src/edges/mobile/ios.ts';
import { openMobile } from '../../src/edges/mobile/mobile.ts';
import { localCalls } from '../../src/platform/calls/local.ts';
import { systemClock } from '../../src/platform/clock/system.ts';
import { capabilities } from '../../src/platform/http/capability.ts';
import type { HttpServer } from '../../src/platform/http/port.ts';
import { serverUnderTest } from '../../src/platform/http/server-harness.ts';
import { localInvalidations } from '../../src/platform/invalidation/local.ts';
import { createMetrics } from '../../src/platform/telemetry/metrics.ts';
import { silentLogger } from '../../src/platform/telemetry/silent.ts';
import type { OpenApiDocument } from './compare.ts';

export const DIALECTS: readonly Dialect[] = [ios, android];

/** Where the contract lies that apps were written against. */
export function contractFile({ platform }: Dialect): string {
  return join(import.meta.dirname, `${platform}.openapi.json`);
}

export function keptContract(dialect: Dialect): OpenApiDocument {
  return JSON.parse(readFileSync(contractFile(dialect), 'utf8')) as OpenApiDocument;
}

/** The contract as it is served now; of problems it keeps the codes, for all of them have one shape. */
export async function contractNow(dialect: Dialect): Promise<OpenApiDocument> {
  await using http = await serverUnderTest();
  const routes = openMobile({
    ...{ dialect, problems, version: '1', clock: systemClock, logger: silentLogger },
    ...{ client: localCalls(silentLogger).client, capabilities: capabilities('secret-of-the-contract-tests') },
    ...{ invalidations: localInvalidations(silentLogger), metrics: createMetrics({ nodeMetrics: false }) },
  });
  await http.register(async (scope) => routes(scope as HttpServer));
  const answer = await http.inject(`/${dialect.platform}/openapi.json`);
  const { components, ...document } = answer.json();
  const { examples: _examples, ...others } = components;
  return JSON.parse(JSON.stringify({ ...document, components: others }, withoutShapesOfProblems)) as OpenApiDocument;
}

function withoutShapesOfProblems(name: string, value: unknown): unknown {
  const isProblem = /^[45]\d\d$/.test(name) && typeof value === 'object';
  return isProblem ? { description: (value as { readonly description: string }).description } : value;
}
