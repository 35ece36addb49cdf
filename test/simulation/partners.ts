import { cardProcessor } from '../../src/contracts/card-processor.ts';
import { carrier } from '../../src/contracts/carrier.ts';
import { shipping } from '../../src/contracts/shipping.ts';
import { cardProcessorClient } from '../../src/integrations/card-processor/client.ts';
import { type Answer, type Book, refusal } from '../../src/integrations/card-processor/simulator/book.ts';
import { reports } from '../../src/integrations/card-processor/simulator/report.ts';
import { authorisationOf, movementOf } from '../../src/integrations/card-processor/simulator/requests.ts';
import { carrierClient } from '../../src/integrations/carrier/client.ts';
import type { Label, Labels } from '../../src/integrations/carrier/simulator/labels.ts';
import { carrierWebhook } from '../../src/integrations/carrier/webhook.ts';
import { unknown } from '../../src/kernel/outcome.ts';
import type { HttpAnswer, HttpDoor } from '../../src/platform/http/door.ts';
import type { IntegrationDefinition } from '../../src/platform/service/port.ts';
import { carry, type Network } from './faulty-network.ts';

export const WEBHOOK_SECRET = 'webhook-secret-of-the-simulation';

const HTTP_TIMEOUT_MS = 5_000;
/** As the real doors guard themselves. */
const GUARD = { timeoutMs: HTTP_TIMEOUT_MS, concurrent: 64, queued: 2_048, openMs: 5_000 };

interface Asked {
  readonly method: string;
  readonly path: string;
  readonly body: string;
}

/** A door to a partner that lives outside of every process, over the network. */
function doorTo(to: string, network: Network, answerTo: (asked: Asked) => HttpAnswer): HttpDoor {
  return {
    async ask({ method, path, body }, read) {
      const text = body === undefined ? '' : JSON.stringify(body);
      const answered = await carry<HttpAnswer | undefined>(network, {
        to,
        timeoutMs: HTTP_TIMEOUT_MS,
        async work() {
          const { status, body: answer } = answerTo({ method, path, body: text });
          network.trace(`${to} ${path} ${text} ${status}`);
          return { status, body: JSON.parse(JSON.stringify(answer)) };
        },
        lost: undefined,
      });
      return answered === undefined ? unknown('timeout') : read(answered);
    },
    close: async () => undefined,
  };
}

const MOVEMENTS: Readonly<Record<string, 'capture' | 'void' | 'refund'>> = {
  '/captures': 'capture',
  '/voids': 'void',
  '/refunds': 'refund',
};

const STANDING = '/authorisations/';

/** The real door to the processor, in front of the simulator's own book. */
export function cardProcessorDoor(network: Network, accounts: Book): IntegrationDefinition<typeof cardProcessor> {
  const told = reports(accounts);
  const answerTo = ({ method, path, body }: Asked): Answer => {
    const at = network.scheduler.now();
    if (method === 'GET' && path.startsWith(STANDING))
      return accounts.read(decodeURIComponent(path.slice(STANDING.length)));
    if (method === 'GET' && path.startsWith('/report')) {
      const { status, text } = told.answer(path);
      return { status, body: JSON.parse(text) as object };
    }
    const kind = MOVEMENTS[path];
    if (kind !== undefined) {
      const wish = movementOf(kind, body);
      return wish === undefined ? refusal(400, 'malformed') : accounts.move(wish, at);
    }
    const wish = path === '/authorisations' ? authorisationOf(body) : undefined;
    if (wish === undefined) return refusal(400, 'malformed');
    return accounts.authorise({ ...wish, approved: wish.source === 'tok_visa' }, at);
  };
  return {
    contract: cardProcessor,
    start: () => ({ handlers: cardProcessorClient(doorTo('card-processor', network, answerTo)), guard: GUARD }),
  };
}

/** The real door to the carrier, in front of the simulator's own labels. `made` is told of each new one. */
export function carrierDoor(
  network: Network,
  labels: Labels,
  made: (label: Label) => void,
): IntegrationDefinition<typeof carrier> {
  const answerTo = ({ body }: Asked) => {
    const { reference } = JSON.parse(body) as { reference: string };
    const known = labels.get(reference);
    const label =
      known ??
      labels.apply({
        kind: 'label',
        reference,
        trackingNo: labels.nextTrackingNo(),
        madeAt: network.scheduler.now(),
      });
    if (known === undefined && label !== undefined) made(label);
    return { status: 200, body: { carrier_name: 'Swift', tracking_no: label?.trackingNo } };
  };
  return {
    contract: carrier,
    start: ({ clock, logger, client }) => ({
      handlers: carrierClient(doorTo('carrier', network, answerTo)),
      guard: GUARD,
      routes: carrierWebhook({ secret: WEBHOOK_SECRET, clock, logger, shipping: client(shipping) }),
    }),
  };
}
