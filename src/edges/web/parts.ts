import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Calls } from '../../platform/calls/port.ts';
import type { Clock, Random } from '../../platform/clock/port.ts';
import type { Invalidations } from '../../platform/invalidation/port.ts';
import type { Logger } from '../../platform/telemetry/port.ts';
import type { ShopperSessions } from './session.ts';

/** What pages gather their data with. */
export interface WebParts {
  readonly client: Calls['client'];
  readonly sessions: ShopperSessions;
  readonly invalidations: Pick<Invalidations, 'subscribe'>;
  readonly clock: Clock;
  readonly random: Pick<Random, 'bytes'>;
  readonly logger: Logger;
  /** Asked before a cart is opened for a guest who has none yet; throws the problem that stands against it. */
  readonly mayOpenCart?: ((request: FastifyRequest, reply: FastifyReply) => Promise<void>) | undefined;
}
