import assert from 'node:assert/strict';
import { copyFileSync, mkdtempSync, rmSync } from 'node:fs';
import { Agent, request as secureRequest } from 'node:https';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, beforeEach, it } from 'node:test';
import { setTimeout as pause } from 'node:timers/promises';
import type { TLSSocket } from 'node:tls';
import { closeAll, gatewayOver, service } from '../../edges/gateway/front/gateway-harness.ts';
import { systemClock } from '../../platform/clock/system.ts';
import { takeProxied } from '../../platform/http/proxied.ts';
import { silentLogger } from '../../platform/telemetry/silent.ts';
import { certificateOf } from '../balancers/balancer-harness.ts';
import { type Balancer, balancerEngines } from '../balancers/port.ts';
import { startBalancer } from '../balancers/start.ts';
import { listenAt } from '../listen.ts';
import { freePort } from '../programs.ts';
import { type GatewayListener, gatewayListener } from './listener.ts';

/**
 * TLS passes through the balancer at layer 4 and ends at the gateways (SSL offloading): nobody else has the key, and the services
 * behind speak plain HTTP.
 */
const folder = mkdtempSync(join(tmpdir(), 'jangteo-gateway-tls-'));
const files = { certificateFile: join(folder, 'gateway.pem'), keyFile: join(folder, 'gateway.key') };
function show(name: string): void {
  const { cert, key } = certificateOf(folder, name);
  copyFileSync(key, files.keyFile);
  copyFileSync(cert, files.certificateFile);
}

/** Two gateways before one service. */
async function openGateways() {
  const upstream = await service(({ headers }, response) => response.end(JSON.stringify(headers)));
  return Promise.all(
    Array.from({ length: 2 }, async () => {
      const { handle } = await gatewayOver([{ name: 'all', path: '/*', service: 'one' }], { one: [upstream] });
      const gateway = { port: await freePort(), ready: true, listener: undefined as GatewayListener | undefined };
      gateway.listener = gatewayListener(
        (request, response) => {
          if (request.url !== '/readyz') return void handle(request, response);
          response.writeHead(gateway.ready ? 200 : 503).end();
        },
        { clock: systemClock, logger: silentLogger, certificate: files },
      );
      takeProxied(gateway.listener.server);
      await listenAt(gateway.listener.server, '127.0.0.1', gateway.port);
      return gateway;
    }),
  );
}

beforeEach(() => show('first'));
after(async () => {
  await closeAll();
  rmSync(folder, { recursive: true, force: true });
});

interface Answered {
  readonly status: number | undefined;
  readonly headers: Record<string, string>;
  /** Of the certificate that was shown. */
  readonly name: string | undefined;
}

/** Asks on a connection of its own, unless an agent keeps one. */
function ask(url: string, agent: Agent | false = false): Promise<Answered> {
  return new Promise((resolve, reject) => {
    const headers = { 'x-forwarded-for': '6.6.6.6', 'x-forwarded-proto': 'http' };
    const asking = secureRequest(url, { rejectUnauthorized: false, agent, headers }, (answer) => {
      // Only a full handshake shows it.
      const CN = (answer.socket as TLSSocket).getPeerCertificate().subject?.CN;
      let text = '';
      answer.setEncoding('utf8').on('data', (part) => {
        text += part;
      });
      answer.on('end', () =>
        resolve({ status: answer.statusCode, headers: JSON.parse(text || '{}'), name: [CN].flat()[0] }),
      );
    });
    asking.on('error', reject).end();
  });
}

for (const engine of balancerEngines)
  it(`behind ${engine}: TLS ends at the gateway; one that drains loses nobody a request`, {
    timeout: 120_000,
  }, async () => {
    const gateways = await openGateways();
    const home = mkdtempSync(join(tmpdir(), 'jangteo-l4-'));
    const upstreams = gateways.map(({ port }) => `https://127.0.0.1:${port}`);
    const balancer: Balancer = await startBalancer({ engine, layer: 4, port: await freePort(), upstreams, home });
    try {
      assert.match(balancer.url, /^https:/);
      for (let tries = 0; tries < 100 && !(await ask(`${balancer.url}/`).catch(() => undefined)); tries++)
        await pause(50);
      const { status, headers } = await ask(`${balancer.url}/`);
      assert.equal(status, 200);
      assert.equal(headers['x-forwarded-proto'], 'https');
      assert.equal(headers['x-forwarded-for'], '127.0.0.1', 'what a client says of itself is not believed');

      const [leaving] = gateways;
      let over = false;
      let answered = 0;
      const failures: unknown[] = [];
      const client = async () => {
        const agent = new Agent({ keepAlive: true, maxSockets: 1 });
        while (!over)
          await ask(`${balancer.url}/`, agent).then(
            (answer) => (answer.status === 200 ? answered++ : failures.push(answer.status)),
            (error) => failures.push(error),
          );
        agent.destroy();
      };
      const clients = Promise.all(Array.from({ length: 4 }, client));
      await pause(300);
      if (leaving) leaving.ready = false;
      leaving?.listener?.drain();
      await pause(4_000);
      await leaving?.listener?.close(1_000);
      const soFar = answered;
      await pause(1_000);
      assert.ok(answered > soFar, 'the other one goes on');
      over = true;
      await clients;
      assert.deepEqual(failures, []);
      assert.ok(answered > 50, `${answered}`);
    } finally {
      await balancer.stop();
      await Promise.all(gateways.map(({ listener }) => listener?.close(0)));
      rmSync(home, { recursive: true, force: true });
    }
  });

it('a certificate that is renewed is shown to whoever comes next; one that cannot be used changes nothing', async () => {
  const gateways = await openGateways();
  const url = `https://127.0.0.1:${gateways[0]?.port}/`;
  const before = (await ask(url)).name;
  show('second');
  for (let tries = 0; tries < 100 && (await ask(url)).name === before; tries++) await pause(100);
  assert.deepEqual([before, (await ask(url)).name], ['first', 'second']);
  await Promise.all(gateways.map(({ listener }) => listener?.close(0)));
});
