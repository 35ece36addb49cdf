import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { Command } from 'commander';
import { cardProcessor } from '../../contracts/card-processor.ts';
import { localCalls } from '../../platform/calls/local.ts';
import { createLogger } from '../../platform/telemetry/logger.ts';
import { databaseInUse, openDatabase } from '../database.ts';
import { SetupFault } from '../fault.ts';
import { keptSecrets, lockHome, openHome, readState } from '../home.ts';
import { keyringNeed } from '../keyring.ts';
import { needOf } from '../part.ts';
import { readSettings, type Settings } from '../settings.ts';
import { openShopEngines } from '../shop-engines.ts';
import type { Topology } from '../topology.ts';
import type { Verdict } from '../verify/finding.ts';
import { verifySettled } from '../verify/verify.ts';
import { tellVerdicts } from './verdict-report.ts';

const DOOR_CONNECTIONS = 4;
const DOOR_TIMEOUT_MS = 30_000;

export function registerVerify(program: Command): void {
  program
    .command('verify')
    .description('walk log, views, stock and ledger and prove that nothing is lost, oversold or out of balance')
    .option('--json', 'answer in JSON')
    .action(async (options: { json?: boolean }) => {
      const say = (line: string) => {
        if (options.json !== true) console.log(line);
      };
      const settings = readSettings(process.env);
      const verdicts = await verdictsOf(settings, say);
      if (!tellVerdicts(settings.home, verdicts, { ...options, at: Date.now() })) process.exitCode = 1;
    });
}

/** Looks into an open shop while it works; a closed one is kept closed meanwhile. Throws a SetupFault where there is none. */
async function verdictsOf(settings: Settings, say: (line: string) => void): Promise<readonly Verdict[]> {
  await using undo = new AsyncDisposableStack();
  if (!existsSync(join(settings.home, 'provisioned')))
    throw new SetupFault(`There is no shop in ${settings.home} yet: open it with \`npm start\`, or set JANGTEO_HOME.`);
  openHome(settings.home);
  if (readState(settings.home) === undefined) undo.defer(await lockHome(settings.home));
  let adminUrl = await databaseInUse(settings);
  if (adminUrl === undefined) {
    const database = await openDatabase(settings, say);
    undo.defer(() => database.stop());
    adminUrl = database.url;
  }
  const { services, known } = await import('../registry.ts');
  const { readTopology } = await import('../topology.ts');
  const topology: Topology = readTopology(settings.topology, known);
  const logger = createLogger({ level: 'warn' });
  const secrets = keptSecrets(settings.home);
  const prefix = settings.databasePrefix ?? 'jangteo';
  const engines = await openShopEngines({ settings, topology, secrets, adminUrl, prefix, logger, say });
  undo.defer(() => engines.close());
  const definitions = await Promise.all(Object.keys(topology.services).map((name) => services[name]?.()));
  const kept = await Promise.all(
    definitions
      .filter((definition) => definition !== undefined)
      .map(async (definition) => ({ definition, storage: await engines.storageFor(needOf(definition)) })),
  );
  const masterKey = settings.masterKey ?? Buffer.from(secrets.masterKey, 'base64');
  const keys = { storage: await engines.storageFor(keyringNeed), masterKey };
  const processor = await processorOf(topology, settings.home);
  if (processor !== undefined) undo.defer(() => processor.close());
  const beside = processor === undefined ? { keys } : { keys, processor: processor.client };
  if (processor === undefined) say('The card processor is not within reach: its book is not compared.');
  // Awaited here, for the databases are closed on the way out.
  return await verifySettled(kept, say, beside);
}

/** The card processor that the topology names, or the simulator of the shop that runs. */
async function processorOf(topology: Topology, home: string) {
  const named = topology.integrations['card-processor']?.settings?.url;
  const url = typeof named === 'string' ? named : readState(home)?.simulators?.['card-processor'];
  if (url === undefined) return undefined;
  const { httpDoor } = await import('../../platform/http/door.ts');
  const { cardProcessorClient } = await import('../../integrations/card-processor/client.ts');
  const door = httpDoor({ url, connections: DOOR_CONNECTIONS, timeoutMs: DOOR_TIMEOUT_MS });
  const handlers = cardProcessorClient(door);
  const calls = localCalls(createLogger({ level: 'warn' }));
  calls.serve(cardProcessor, handlers);
  return { client: calls.client(cardProcessor), close: () => door.close() };
}
