import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Calls } from '../../platform/calls/port.ts';
import type { Clock } from '../../platform/clock/port.ts';
import type { Capabilities } from '../../platform/http/port.ts';
import type { Invalidations } from '../../platform/invalidation/port.ts';
import type { Logger } from '../../platform/telemetry/port.ts';
import type { Dialect } from './dialect.ts';

/** What screens gather their data with. */
export interface MobileParts {
  readonly dialect: Dialect;
  readonly client: Calls['client'];
  readonly capabilities: Capabilities;
  readonly invalidations: Pick<Invalidations, 'subscribe'>;
  readonly clock: Clock;
  readonly logger: Logger;
  /** Asked before a cart is opened for a guest without a token; throws the problem that stands against it. */
  readonly mayOpenCart?: ((request: FastifyRequest, reply: FastifyReply) => Promise<void>) | undefined;
}
