import type { FastifyRequest } from 'fastify';
import { guardInside } from '../http/inside.ts';
import type { HttpRoutes } from '../http/port.ts';
import type { LocalCalls } from './local.ts';
import { CALLS_PATH, MISDIRECTED, type SentCall } from './remote.ts';

/** An import carries whole pages of a catalogue. */
const LARGEST_CALL_BYTES = 16 * 1024 ** 2;

type CallRequest = FastifyRequest<{ Params: { service: string; call: string } }>;

/** Answers the calls of other processes of the shop. Nobody else is let in. */
export function callRoutes(local: Pick<LocalCalls, 'ask' | 'serves'>, token: string): HttpRoutes {
  return (http) => {
    guardInside(http, token);
    http.post(
      `${CALLS_PATH}/:service/:call`,
      { schema: { hide: true }, bodyLimit: LARGEST_CALL_BYTES },
      async (asked, reply) => {
        const { params, body, traceparent } = asked as CallRequest;
        const { service, call } = params;
        if (!local.serves(service)) return reply.code(MISDIRECTED).send();
        const { request, context } = body as SentCall;
        const passedOn = traceparent === undefined ? context : { ...context, traceparent };
        const outcome = await local.ask(service, call, request, passedOn);
        return reply.header('content-type', 'application/json').send(JSON.stringify(outcome));
      },
    );
  };
}
