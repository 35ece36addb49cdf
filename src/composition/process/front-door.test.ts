import assert from 'node:assert/strict';
import { createServer, IncomingMessage, ServerResponse } from 'node:http';
import { Socket } from 'node:net';
import { describe, it } from 'node:test';
import { virtualClock } from '../../platform/clock/virtual.ts';
import type { HttpServer } from '../../platform/http/port.ts';
import { silentLogger } from '../../platform/telemetry/silent.ts';
import { watchDoor } from './door-watch.ts';
import { forwardedFor } from './forwarded-for.ts';
import { openFrontDoor } from './front-door.ts';
import type { ServiceDoor } from './service-door.ts';

const TOKEN = 'token of this shop';
const CART = '/v1/carts/crt_1?after=7';

function request(method: string, url: string, headers: Record<string, string>): IncomingMessage {
  return Object.assign(new IncomingMessage(new Socket()), { method, url, headers });
}

/** A process that leads the orders, shows pages, and has copies of carts. */
function door() {
  const asked: [by: string, headers: object][] = [];
  const doorOf = (name: string): ServiceDoor => ({
    names: [],
    handle: (request) => void asked.push([name, request.headers]),
    document: () => ({}),
    close: async () => undefined,
  });
  const server = createServer((request) => void asked.push(['pages', request.headers]));
  const http = { server } as unknown as HttpServer;
  const nobody = async () => undefined;
  openFrontDoor({
    ...{ http, edges: ['web'], token: TOKEN, trustProxy: false, clock: virtualClock(), logger: silentLogger },
    membership: {
      leaderOf: () => undefined,
      awaitLeader: nobody,
      readersOf: () => [],
      known: () => new Map([['orders', [{ method: 'GET', url: '/v1/orders/:orderId' }]]]),
      onChange: () => () => {},
    },
    doors: new Map([['orders', doorOf('orders')]]),
    reading: new Map(),
    copies: { door: doorOf('copies'), answers: ({ url }) => url === CART },
    hop: { forward: () => assert.fail('nothing is passed on') } as never,
    document: async () => ({}),
  });
  let counted = 0;
  watchDoor(server, { metrics: { objectiveAnswered: () => counted++ }, token: TOKEN, clock: virtualClock() });
  return {
    ask(method: string, url: string, headers: Record<string, string> = {}) {
      const incoming = request(method, url, headers);
      const response = new ServerResponse(incoming);
      server.emit('request', incoming, response);
      const [by, seen] = asked.pop() ?? [];
      const told = { by, seen, status: response.statusCode };
      if (!response.headersSent) response.writeHead(response.statusCode);
      response.emit('close');
      return told;
    },
    counted: () => counted,
  };
}

describe('whom a request was forwarded for', () => {
  it('a peer’s word is believed: it is for this service, and for whom it speaks stays', () => {
    const { ask } = door();
    const says = { ...forwardedFor('orders', TOKEN), 'x-forwarded-for': '6.6.6.6' };
    assert.deepEqual(ask('GET', CART, says), { by: 'orders', seen: { 'x-forwarded-for': '6.6.6.6' }, status: 200 });
    assert.equal(ask('GET', CART, forwardedFor('cart', TOKEN)).status, 421, 'the leader is somebody else');
  });

  it('whoever does not know the token is a shopper, whatever they say: copies answer, and nothing of it is passed on', () => {
    const { ask } = door();
    for (const said of ['cart', `cart ${TOKEN}s`, `cart x${TOKEN}`, ` ${TOKEN}`, 'cart ', '']) {
      const says = { 'jangteo-for': said, 'x-forwarded-for': '6.6.6.6' };
      assert.deepEqual(ask('GET', CART, says), { by: 'copies', seen: {}, status: 200 }, said);
      assert.deepEqual(ask('GET', '/ko', says), { by: 'pages', seen: {}, status: 200 }, said);
    }
  });

  it('an attempt to buy is counted where it comes in: once, and not less for what a shopper says', () => {
    const { ask, counted } = door();
    ask('POST', '/v1/carts/crt_1/checkout', forwardedFor('orders', TOKEN));
    assert.equal(counted(), 0, 'a peer has counted it');
    ask('POST', '/v1/carts/crt_1/checkout', { 'jangteo-for': 'orders' });
    assert.equal(counted(), 1);
  });
});
