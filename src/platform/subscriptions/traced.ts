import type { HeardEvent } from '../../kernel/heard-event.ts';
import { isSampled, type Tracing } from '../telemetry/port.ts';
import type { SubscriptionSpec } from './port.ts';

type Handler = SubscriptionSpec['on'][string];

/** A subscription whose handling of an event is a span of the sampled trace that the event carries; the handler hears that span. */
export function tracedSubscription(spec: SubscriptionSpec, tracing: Tracing, service: string): SubscriptionSpec {
  const traced = (handle: Handler): Handler => {
    return (event) => (isSampled(event.metadata.traceparent) ? hearTraced(handle, event) : handle(event));
  };

  /** A handler that answers at once still answers at once. */
  function hearTraced(handle: Handler, event: HeardEvent): ReturnType<Handler> {
    const attributes = {
      'jangteo.service': service,
      'jangteo.subscription': spec.name,
      'jangteo.event': `${event.source}/${event.type}`,
      'jangteo.subject': event.subject,
    };
    const span = tracing.begin(`${service} hears ${event.type}`, attributes, event.metadata.traceparent);
    if (span === undefined) return handle(event);
    const failed = (fault: unknown): never => {
      span.end({}, fault);
      throw fault;
    };
    try {
      const { traceparent } = span;
      const effects = span.within(() => handle({ ...event, metadata: { ...event.metadata, traceparent } }));
      if (effects instanceof Promise) {
        return effects.then((later) => {
          span.end();
          return later;
        }, failed);
      }
      span.end();
      return effects;
    } catch (fault) {
      return failed(fault);
    }
  }

  const on = Object.fromEntries(Object.entries(spec.on).map(([type, handle]) => [type, traced(handle)]));
  return { ...spec, on };
}
