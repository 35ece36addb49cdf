import type { ReadableSpan, SpanProcessor } from '@opentelemetry/sdk-trace-base';
import type { Logger } from './port.ts';

/** Logs a request whose trace is kept once it is answered, so that whoever has the trace finds the lines, and the other way round. */
export function loggedRequests(logger: Logger): SpanProcessor {
  return {
    onStart() {},
    onEnd(span: ReadableSpan) {
      const {
        'http.route': route,
        'http.request.method': method,
        'http.response.status_code': status,
      } = span.attributes;
      if (route === undefined) return;
      const { traceId, spanId } = span.spanContext();
      const [seconds, nanoseconds] = span.duration;
      const ms = Math.round(seconds * 1_000 + nanoseconds / 1e6);
      logger.info({ method, route, status, ms, traceId, spanId }, 'answered');
    },
    forceFlush: async () => {},
    shutdown: async () => {},
  };
}
