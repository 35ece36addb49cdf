import { Type } from 'typebox';
import { cardProcessor } from '../../contracts/card-processor.ts';
import { httpDoor } from '../../platform/http/door.ts';
import type { IntegrationDefinition } from '../../platform/service/port.ts';
import { settingsOf } from '../../platform/service/settings.ts';
import { cardProcessorClient } from './client.ts';

const Settings = Type.Object({
  /** Where the processor's API is, e.g. `http://127.0.0.1:9101`. */
  url: Type.String(),
  connections: Type.Integer({ minimum: 1, default: 64 }),
  timeoutMs: Type.Integer({ minimum: 1, default: 5_000 }),
  /** How long its circuit breaker stays open before it tries again. */
  openMs: Type.Integer({ minimum: 1, default: 5_000 }),
});

const QUEUED_PER_CONNECTION = 32;

/** The door to the card processor. */
export const cardProcessorIntegration: IntegrationDefinition<typeof cardProcessor> = {
  contract: cardProcessor,
  start({ settings }) {
    const { url, connections, timeoutMs, openMs } = settingsOf(Settings, settings);
    const door = httpDoor({ url, connections, timeoutMs });
    const guard = { concurrent: connections, queued: connections * QUEUED_PER_CONNECTION, timeoutMs, openMs };
    return { handlers: cardProcessorClient(door), guard, stop: () => door.close() };
  },
};
