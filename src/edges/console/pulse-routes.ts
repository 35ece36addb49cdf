import { type Static, Type } from 'typebox';
import type { HttpRoutes } from '../../platform/http/port.ts';
import { openEventStream } from '../../platform/http/sse.ts';
import type { Beat, Pulse } from './pulse.ts';

export const ShownBeat = Type.Object({
  at: Type.Integer({ description: 'In ms since 1970.' }),
  ordersPerSecond: Type.Number(),
  requestsPerSecond: Type.Number(),
  failuresPerSecond: Type.Number({ description: 'Answered with a fault (5xx).' }),
  eventsPerSecond: Type.Number(),
  checkoutMs: Type.Union([
    Type.Object({ p50: Type.Number(), p99: Type.Number() }),
    Type.Null({ description: 'There was none in the last minute.' }),
  ]),
  viewLagEvents: Type.Integer(),
  busBehindEvents: Type.Integer(),
  eventLoopDelayMs: Type.Number({ description: 'Of 99 in 100 timers.' }),
  cpuShare: Type.Number({ description: 'Of one core.' }),
  memoryBytes: Type.Integer(),
});
type ShownBeat = Static<typeof ShownBeat>;

/** The shop's pulse: what was, and each beat as it comes. It ends with the server. */
export function pulseRoutes(pulse: Pulse): HttpRoutes {
  return (http) => {
    http.addHook('onClose', async () => pulse.close());
    http.get(
      '/console/api/pulse',
      {
        schema: {
          summary: 'The last quarter of an hour in steps of two seconds, oldest first',
          response: { 200: Type.Object({ beats: Type.Array(ShownBeat) }) },
        },
      },
      async (_request, reply) => {
        reply.header('cache-control', 'no-store');
        return { beats: pulse.beats.map(shown) };
      },
    );

    http.get(
      '/console/api/pulse/events',
      {
        schema: {
          summary: 'Each beat as it comes (server-sent events)',
          produces: ['text/event-stream'],
          response: { 200: ShownBeat },
        },
        config: { problems: ['too_many_requests'] },
      },
      async (request, reply) => {
        const stream = openEventStream(request, reply);
        stream.onClose(pulse.onBeat((beat) => stream.send({ data: { ...shown(beat) } })));
        return reply;
      },
    );
  };
}

function shown(beat: Beat): ShownBeat {
  return { ...beat, memoryBytes: Math.round(beat.memoryBytes) };
}
