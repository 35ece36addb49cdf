import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';

const LARGEST_BODY_BYTES = 16_384;

/** Takes a request with its whole body. What it throws is answered 400. */
export type Serve = (request: IncomingMessage, response: ServerResponse, text: string) => unknown;

/** A plain server for a simulated company: no framework, for it may stand on the path of every checkout. */
export function simulatorServer(serve: Serve): Server {
  const answered = async (request: IncomingMessage, response: ServerResponse, text: string) => {
    try {
      await serve(request, response, text);
    } catch {
      send(response, 400, { error: 'malformed' });
    }
  };
  const server = createServer((request, response) => {
    let text = '';
    request.setEncoding('utf8');
    request.on('data', (chunk: string) => {
      text += chunk;
      if (text.length > LARGEST_BODY_BYTES) request.destroy();
    });
    request.on('end', () => void answered(request, response, text));
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

export function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}
