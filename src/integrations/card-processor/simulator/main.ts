import { parseArgs } from 'node:util';
import { cardProcessorSimulator } from './server.ts';

/** `node main.ts --port N [--data FILE]`: runs until it is told to stop; says where it listens in one line of JSON. */
const { values } = parseArgs({ options: { port: { type: 'string', default: '0' }, data: { type: 'string' } } });
const server = cardProcessorSimulator(values.data === undefined ? {} : { data: values.data });

server.on('error', (error) => {
  console.error(`The card processor cannot listen on port ${values.port}: ${error.message}`);
  process.exitCode = 1;
});
server.listen(Number(values.port), '127.0.0.1', () => {
  const address = server.address();
  console.log(JSON.stringify({ listening: typeof address === 'object' ? address?.port : address }));
});

for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.once(signal, () => {
    server.close();
    server.closeAllConnections();
  });
}
