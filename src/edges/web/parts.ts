import type { Calls } from '../../platform/calls/port.ts';
import type { Clock } from '../../platform/clock/port.ts';
import type { Logger } from '../../platform/telemetry/port.ts';

/** What pages gather their data with. */
export interface WebParts {
  readonly client: Calls['client'];
  readonly clock: Clock;
  readonly logger: Logger;
}
