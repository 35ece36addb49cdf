import { parseArgs } from 'node:util';
import { run } from '../../simulation/run.ts';
import { cardProcessorSimulator } from './server.ts';

/** `node main.ts --port N [--data FILE]` */
const { values } = parseArgs({ options: { port: { type: 'string', default: '0' }, data: { type: 'string' } } });
const server = cardProcessorSimulator(values.data === undefined ? {} : { data: values.data });
run('card processor', server, Number(values.port));
