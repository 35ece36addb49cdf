import { createServer, type Server } from 'node:net';
import type { HttpServer } from '../platform/http/port.ts';
import { SetupFault } from './fault.ts';

/**
 * Connections that may wait to be taken while the process is busy; the system may allow fewer (net.core.somaxconn). Node's own 511 overflow
 * when a thousand shoppers come within a second of garbage collection, and who came then was reset.
 */
const BACKLOG = 4_096;

/** Makes sure that a port is free before anything slow is begun. Throws a SetupFault. */
export function checkPort(host: string, port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once('error', (error: NodeJS.ErrnoException) => reject(plain(error, host, port)));
    probe.listen(port, host, () => probe.close(() => resolve()));
  });
}

/** Opens the door. Throws a SetupFault. */
export async function listen(http: HttpServer, host: string, port: number): Promise<void> {
  await http.listen({ host, port, backlog: BACKLOG }).catch((error: NodeJS.ErrnoException) => {
    throw plain(error, host, port);
  });
}

/** Opens a door that is a server of Node's own. Throws a SetupFault. */
export function listenAt(server: Server, host: string, port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    const refuse = (error: NodeJS.ErrnoException) => reject(plain(error, host, port));
    server.once('error', refuse);
    server.listen({ port, host, backlog: BACKLOG }, () => {
      server.off('error', refuse);
      resolve();
    });
  });
}

function plain(error: NodeJS.ErrnoException, host: string, port: number): Error {
  switch (error.code) {
    case 'EADDRINUSE':
      return new SetupFault(
        `Port ${port} is in use: stop the program that uses it, or choose another with PORT=8081 npm start.`,
      );
    case 'EACCES':
      return new SetupFault(`Port ${port} may not be used by this user: choose one above 1023 with PORT.`);
    case 'EADDRNOTAVAIL':
    case 'ENOTFOUND':
      return new SetupFault(`This machine has no address ${host}: correct JANGTEO_HOST, or unset it.`);
    default:
      return error;
  }
}
