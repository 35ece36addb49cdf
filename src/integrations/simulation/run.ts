import type { Server } from 'node:http';

/** Listens on loopback until the process is told to stop; says where in one line of JSON. */
export function run(name: string, server: Server, port: number): void {
  server.on('error', (error) => {
    console.error(`The ${name} cannot listen on port ${port}: ${error.message}`);
    process.exitCode = 1;
  });
  server.listen(port, '127.0.0.1', () => {
    const address = server.address();
    console.log(JSON.stringify({ listening: typeof address === 'object' ? address?.port : address }));
  });
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.once(signal, () => {
      server.close();
      server.closeAllConnections();
    });
  }
}
