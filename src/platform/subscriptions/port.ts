import type { HeardEvent } from '../../kernel/heard-event.ts';
import type { Work } from '../event-store/port.ts';

/** What hearing an event does to the subscriber's own database, in one commit with its position: exactly once. */
export type Effects = Pick<Work, 'intents' | 'documents' | 'committed'>;

/**
 * What a service hears and does about it. Events of one subject are handled in order; an asynchronous handler sees what the
 * event before it on the same subject has written. A handler that keeps throwing, or whose intent is refused, sends the
 * event, and all behind it on the same subject, to the error hospital; an UnavailableFault is asked again without end.
 */
export interface SubscriptionSpec {
  /** Unique within the service; names its position. */
  readonly name: string;
  /** The service whose events are heard; its own name for its own log. */
  readonly source: string;
  /** By event type. Effects in the own database happen exactly once; what a handler does outside it, at least once. */
  readonly on: Readonly<Record<string, (event: HeardEvent) => Effects | undefined | Promise<Effects | undefined>>>;
  /** Rejection codes of intents that mean "nothing to do": such an intent is left out and no case is opened. */
  readonly harmless?: readonly string[];
}

/** What an operator sees of a subscription. */
export interface SubscriptionStatus {
  readonly name: string;
  readonly source: string;
  /** `standby`: another process runs it. `halted`: a person must act, `reason` says why. */
  readonly state: 'starting' | 'running' | 'retrying' | 'standby' | 'halted' | 'stopped';
  readonly reason?: string;
  /** Events of the source's log that it has not passed yet. */
  readonly behind: number;
  /** Subjects that wait in the hospital. */
  readonly openCases: number;
}
