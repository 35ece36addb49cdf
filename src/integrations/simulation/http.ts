import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';

const LARGEST_BODY_BYTES = 16_384;

/** Takes a request with its whole body. What it throws is answered 400. */
export type Serve = (request: IncomingMessage, response: ServerResponse, text: string) => unknown;

/** A plain server for a simulated company: no framework, for it may stand on the path of every checkout. */
export function simulatorServer(serve: Serve): Server {
  const malformed = (response: ServerResponse) => send(response, 400, { error: 'malformed' });
  const answered = (request: IncomingMessage, response: ServerResponse, text: string) => {
    try {
      const served = serve(request, response, text);
      if (served instanceof Promise) served.catch(() => malformed(response));
    } catch {
      malformed(response);
    }
  };
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    let bytes = 0;
    request.on('data', (chunk: Buffer) => {
      chunks.push(chunk);
      bytes += chunk.length;
      if (bytes > LARGEST_BODY_BYTES) request.destroy();
    });
    request.on('end', () => {
      const [only] = chunks;
      const body = chunks.length === 1 && only !== undefined ? only : Buffer.concat(chunks);
      answered(request, response, body.toString('utf8'));
    });
  });
  server.keepAliveTimeout = 75_000;
  return server;
}

/** Answers once; a connection that is gone is left alone. */
export function send(response: ServerResponse, status: number, body: object | string, type = 'application/json'): void {
  if (response.destroyed || response.headersSent) return;
  const text = typeof body === 'string' ? body : JSON.stringify(body);
  response.writeHead(status, { 'content-type': type, 'content-length': Buffer.byteLength(text) }).end(text);
}

/** Resolves after `ms`, by the machine’s clock: a simulator is a program of its own. */
export function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}
