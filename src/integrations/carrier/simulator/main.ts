import { parseArgs } from 'node:util';
import { run } from '../../simulation/run.ts';
import { carrierSimulator } from './server.ts';

/**
 * `node main.ts --port N [--data FILE] [--webhook URL] [--delays MS,MS,MS]`; the secret that signs webhooks comes from the
 * environment (CARRIER_WEBHOOK_SECRET), for arguments are there for everybody to read. Delays: picked up, out, delivered.
 */
const { values } = parseArgs({
  options: {
    port: { type: 'string', default: '0' },
    data: { type: 'string' },
    webhook: { type: 'string' },
    delays: { type: 'string', default: '1000,2000,3000' },
  },
});
const server = carrierSimulator({
  secret: process.env.CARRIER_WEBHOOK_SECRET ?? '',
  delaysMs: values.delays.split(',').map(Number),
  ...(values.data === undefined ? {} : { data: values.data }),
  ...(values.webhook === undefined ? {} : { webhook: values.webhook }),
});
run('carrier', server, Number(values.port));
