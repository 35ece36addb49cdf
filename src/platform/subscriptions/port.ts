import type { HeardEvent } from '../../kernel/heard-event.ts';
import type { Work } from '../event-store/port.ts';

/** What hearing an event does to the subscriber's own database, in one commit with its position: exactly once. */
export type Effects = Pick<Work, 'intents' | 'documents' | 'committed'>;

/**
 * What a service hears and does about it. Events of one subject are handled in order. A handler that keeps throwing sends
 * the event, and all behind it on the same subject, to the error hospital.
 */
export interface SubscriptionSpec {
  /** Unique within the service; names its position. */
  readonly name: string;
  /** The service whose events are heard; its own name for its own log. */
  readonly source: string;
  /** By event type. Effects in the own database happen exactly once; what a handler does outside it, at least once. */
  readonly on: Readonly<Record<string, (event: HeardEvent) => Effects | undefined | Promise<Effects | undefined>>>;
}
