import type { IncomingMessage } from 'node:http';
import type { Random } from '../clock/port.ts';
import { parseTraceparent } from '../telemetry/port.ts';

/**
 * Ids for requests, of the form of a W3C trace id: a request and its trace have one name. A trace that came in keeps its id.
 * Ids are unique, not secret: random per process, then counted.
 */
export function requestIds(random: Random): (request: IncomingMessage) => string {
  const process = Buffer.from(random.bytes(8)).toString('hex');
  let counted = 0;
  return ({ headers: { traceparent } }) => {
    const incoming = typeof traceparent === 'string' ? parseTraceparent(traceparent) : undefined;
    counted += 1;
    return incoming?.traceId ?? process + counted.toString(16).padStart(16, '0');
  };
}
