import { Type } from 'typebox';
import { carrier } from '../../contracts/carrier.ts';
import { shipping } from '../../contracts/shipping.ts';
import { httpDoor } from '../../platform/http/door.ts';
import type { IntegrationDefinition } from '../../platform/service/port.ts';
import { settingsOf } from '../../platform/service/settings.ts';
import { carrierClient } from './client.ts';
import { carrierWebhook } from './webhook.ts';

const Settings = Type.Object({
  /** Where the carrier's API is, e.g. `http://127.0.0.1:9102`. */
  url: Type.String(),
  /** What the carrier signs its webhooks with. */
  webhookSecret: Type.String({ minLength: 16 }),
  connections: Type.Integer({ minimum: 1, default: 8 }),
  timeoutMs: Type.Integer({ minimum: 1, default: 5_000 }),
  /** How long its circuit breaker stays open before it tries again. */
  openMs: Type.Integer({ minimum: 1, default: 5_000 }),
});

const QUEUED_PER_CONNECTION = 32;

/** The door to the carrier, both ways: labels out, news in. */
export const carrierIntegration: IntegrationDefinition<typeof carrier> = {
  contract: carrier,
  start({ settings, clock, logger, client }) {
    const { url, webhookSecret, connections, timeoutMs, openMs } = settingsOf(Settings, settings);
    const door = httpDoor({ url, connections, timeoutMs });
    return {
      handlers: carrierClient(door),
      guard: { concurrent: connections, queued: connections * QUEUED_PER_CONNECTION, timeoutMs, openMs },
      routes: carrierWebhook({ secret: webhookSecret, clock, logger, shipping: client(shipping) }),
      stop: () => door.close(),
    };
  },
};
