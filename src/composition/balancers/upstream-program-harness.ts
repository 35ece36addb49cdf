import { readFileSync } from 'node:fs';
import { createServer, type RequestListener } from 'node:http';
import { createServer as createSecureServer } from 'node:https';
import { parseArgs } from 'node:util';
import { takeProxied } from '../../platform/http/proxied.ts';

/**
 * A process behind a balancer, for its tests: `--port`, `--name`, with `--cert` and `--key` it ends TLS itself. SIGUSR2 makes it
 * drain and ready by turns, SIGHUP lets it fail and answer by turns; asked for /lead it is the leader from then on; SIGTERM drains, then ends when what is under way is answered.
 */
const { values } = parseArgs({
  options: { port: { type: 'string' }, name: { type: 'string' }, cert: { type: 'string' }, key: { type: 'string' } },
});
const DRAIN_MS = 2_500;
const TICK_MS = 100;
let isReady = true;
let isBroken = false;
let leads = false;
let connections = 0;
const received: Record<string, number> = {};

const answer: RequestListener = (request, response) => {
  const url = new URL(request.url ?? '/', 'http://upstream');
  if (!isReady) response.setHeader('connection', 'close');
  const tell = (status = 200) => {
    const { remoteAddress: address } = request.socket;
    const { 'x-forwarded-for': client, 'x-forwarded-proto': proto, host } = request.headers;
    response.setHeader('content-type', 'application/json').writeHead(status);
    response.end(JSON.stringify({ name: values.name, connections, address, client, proto, host, received }));
  };
  if (url.pathname === '/readyz') return void response.writeHead(isReady ? 200 : 503).end();
  if (url.pathname === '/leaderz') return void response.writeHead(isReady && leads ? 200 : 503).end();
  const path = url.pathname.replace(/^\/v1/, '');
  const key = `${request.method} ${path}`;
  received[key] = (received[key] ?? 0) + 1;
  if (isBroken) return tell(502);
  switch (path) {
    case '/lead':
      leads = true;
      return tell();
    case '/events': {
      response.writeHead(200, { 'content-type': 'text/event-stream' });
      const ticking = setInterval(() => response.write(`data: ${values.name} ${Date.now()}\n\n`), TICK_MS);
      return void response.on('close', () => clearInterval(ticking));
    }
    case '/wait':
      return void setTimeout(tell, Number(/wait=(\d+)/.exec(String(request.headers.prefer))?.[1] ?? 0) * 1_000);
    case '/break':
      return void request.socket.destroy();
    case '/orders':
      request.resume().on('end', () => setTimeout(tell, 10));
      return;
    default:
      return tell();
  }
};

const { cert, key } = values;
const server =
  cert === undefined || key === undefined
    ? createServer(answer)
    : createSecureServer({ cert: readFileSync(cert), key: readFileSync(key) }, answer);
server.keepAliveTimeout = 75_000;
takeProxied(server);
server.on('connection', () => connections++);
server.listen(Number(values.port), '127.0.0.1', () => process.send?.('listening'));
process.on('SIGUSR2', () => {
  isReady = !isReady;
});
process.on('SIGHUP', () => {
  isBroken = !isBroken;
});
process.on('SIGTERM', () => {
  isReady = false;
  setTimeout(() => server.close(() => process.exit(0)), DRAIN_MS);
});
process.on('disconnect', () => process.exit(0));
