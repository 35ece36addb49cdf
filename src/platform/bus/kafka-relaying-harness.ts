/**
 * A process that relays one log to Kafka until it is killed: `node kafka-relaying-harness.ts <database url> <service> <brokers> <prefix>`.
 */
import pg from 'pg';
import { systemClock, systemRandom } from '../clock/system.ts';
import { eventStoreCollections } from '../event-store/open.ts';
import { postgresStorage } from '../storage/postgres.ts';
import { silentLogger } from '../telemetry/silent.ts';
import { relayToKafka } from './kafka.ts';

const [connectionString = '', name = '', brokers = '', prefix = ''] = process.argv.slice(2);
const pool = new pg.Pool({ connectionString, max: 2 });
const feed = await postgresStorage({ pool, name, collections: eventStoreCollections });
const relay = relayToKafka({
  ...{ feed, prefix, brokers: brokers.split(','), clock: systemClock, random: systemRandom, logger: silentLogger },
  page: 40,
  pollMs: { least: 5, most: 50 },
});
const asking = setInterval(() => {
  if (relay.state() !== 'running') return;
  clearInterval(asking);
  process.stdout.write('relaying\n');
}, 5);
// Timers of the clock keep nobody alive.
setInterval(() => undefined, 60_000);
