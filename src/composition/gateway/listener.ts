import { createServer, type RequestListener, type Server, type ServerOptions, type ServerResponse } from 'node:http';
import { createServer as createSecureServer, type Server as SecureServer } from 'node:https';
import { type Clock, sleep } from '../../platform/clock/port.ts';
import { answerUnreadable } from '../../platform/http/client-errors.ts';
import type { Logger } from '../../platform/telemetry/port.ts';
import { type Certificate, followCertificate, readCertificate } from './certificate.ts';
import { responsesUnderWay } from './responses-under-way.ts';

export interface GatewayListener {
  readonly server: Server | SecureServer;
  /** From now on who has asked is told to connect anew, and then comes to another gateway. */
  drain(): void;
  /** Takes no new connections, ends streams, answers what is under way, for `graceMs` at most. */
  close(graceMs: number): Promise<void>;
}

const OPTIONS: ServerOptions = {
  requestTimeout: 300_000,
  keepAliveTimeout: 75_000,
  // A request without a body costs no stream of one.
  ...({ optimizeEmptyRequests: true } as object),
};

/** A server of Node's own; with a certificate TLS ends here, and files that are renewed are taken over. Throws a SetupFault. */
export function gatewayListener(
  handle: (request: Parameters<RequestListener>[0], response: ServerResponse) => void,
  {
    clock,
    logger,
    certificate,
  }: { readonly clock: Clock; readonly logger: Logger; readonly certificate?: Certificate },
): GatewayListener {
  const underWay = responsesUnderWay();
  let draining = false;
  const listener: RequestListener = (request, response) => {
    underWay.add(response);
    if (draining) response.shouldKeepAlive = false;
    handle(request, response);
  };
  const [server, forget] =
    certificate === undefined
      ? ([createServer(OPTIONS, listener), () => {}] as const)
      : secureServer(certificate, listener, logger);
  server.on('clientError', answerUnreadable);

  const isStream = (response: ServerResponse) =>
    String(response.getHeader('content-type')).startsWith('text/event-stream');
  return {
    server,
    drain() {
      draining = true;
    },
    async close(graceMs) {
      draining = true;
      forget();
      const closed = new Promise<void>((resolve) => server.close(() => resolve()));
      server.closeIdleConnections();
      const until = clock.now() + graceMs;
      for (;;) {
        // A stream that is cut off is opened again elsewhere, from where it was (Last-Event-ID).
        for (const response of underWay.all()) if (isStream(response)) response.destroy();
        if (underWay.size === 0 || clock.now() >= until) break;
        await sleep(clock, 20);
      }
      server.closeAllConnections();
      await closed;
    },
  };
}

function secureServer(files: Certificate, listener: RequestListener, logger: Logger) {
  const shown = readCertificate(files);
  const server = createSecureServer({ ...OPTIONS, ...shown }, listener);
  return [server, followCertificate(server, { files, shown, logger })] as const;
}
