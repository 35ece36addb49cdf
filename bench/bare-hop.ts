/** The hop on a server of Node's own that does nothing else: `node bench/bare-hop.ts <port>` forwards all there. Prints its port. */

import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { systemClock } from '../src/platform/clock/system.ts';
import { openHop } from '../src/platform/proxy/hop.ts';

const target = { origin: `http://127.0.0.1:${process.argv[2]}` };
const hop = openHop({ clock: systemClock });
const server = createServer({ optimizeEmptyRequests: true } as object, (request, response) => {
  void hop.forward(request, response, target);
});
server.listen(0, '127.0.0.1', () => {
  process.stdout.write(`${(server.address() as AddressInfo).port}\n`);
});
