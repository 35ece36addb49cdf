import { Type } from 'typebox';
import { Compile } from 'typebox/compile';
import { Id } from '../../contracts/shapes.ts';
import type { shipping, TransitStatus } from '../../contracts/shipping.ts';
import type { Client } from '../../kernel/contract.ts';
import type { Clock } from '../../platform/clock/port.ts';
import type { HttpRoutes } from '../../platform/http/port.ts';
import { answerOf, Problem } from '../../platform/http/problem.ts';
import type { Logger } from '../../platform/telemetry/port.ts';
import { isSigned, SIGNATURE_HEADER } from './signature.ts';

export interface WebhookOptions {
  readonly secret: string;
  readonly clock: Clock;
  readonly logger: Logger;
  readonly shipping: Pick<Client<typeof shipping>, 'recordTransit'>;
}

const LARGEST_BODY_BYTES = 16_384;

/** The carrier's codes in our words. */
const STATUSES: Readonly<Record<string, TransitStatus>> = {
  PICKED_UP: 'in_transit',
  OUT_FOR_DELIVERY: 'out_for_delivery',
  ATTEMPT_FAILED: 'delivery_failed',
  DELIVERED: 'delivered',
};

/**
 * What the carrier tells us. The signature is checked over the bytes as they came, with a time that bounds how long a copy of
 * them is of use; and a copy within that time changes nothing, for the news is already known.
 */
export function carrierWebhook({ secret, clock, logger, shipping }: WebhookOptions): HttpRoutes {
  return async (http) => {
    await http.register(async (scope) => {
      scope.removeContentTypeParser('application/json');
      scope.addContentTypeParser(
        'application/json',
        { parseAs: 'buffer', bodyLimit: LARGEST_BODY_BYTES },
        (_request, body, parsed) => parsed(null, body),
      );
      scope.post(
        '/v1/webhooks/carrier',
        {
          schema: { tags: ['shipments'], summary: 'News from the carrier, signed' },
          config: { problems: ['invalid_signature', 'unknown_shipment'] },
        },
        async (request, reply) => {
          const body = request.body as Buffer;
          const { traceparent } = request;
          const header = request.headers[SIGNATURE_HEADER];
          if (!Buffer.isBuffer(body) || !isSigned(secret, body, String(header), clock.now()))
            throw new Problem('invalid_signature', 'The webhook is not signed with our secret, or too long ago.');
          const news = newsOf(body);
          if (news === undefined) logger.warn({}, 'the carrier told something that we have no word for');
          else answerOf(await shipping.recordTransit(news, traceparent === undefined ? {} : { traceparent }));
          return reply.status(204).send();
        },
      );
    });
  };
}

const Told = Compile(Type.Object({ code: Type.String() }));
/** Of a code that we know. */
const News = Compile(Type.Object({ reference: Id, occurred_at: Type.String() }));

function newsOf(
  body: Buffer,
): { readonly shipmentId: string; readonly status: TransitStatus; readonly at: number } | undefined {
  const told = parsed(body);
  if (!Told.Check(told)) throw new Problem('malformed_request', 'The webhook tells no code.');
  const status = Object.hasOwn(STATUSES, told.code) ? STATUSES[told.code] : undefined;
  if (status === undefined) return undefined;
  const at = News.Check(told) ? Date.parse(told.occurred_at) : Number.NaN;
  if (!News.Check(told) || Number.isNaN(at))
    throw new Problem('malformed_request', 'The webhook names no shipment or no time.');
  return { shipmentId: told.reference, status, at };
}

function parsed(body: Buffer): unknown {
  try {
    return JSON.parse(body.toString());
  } catch {
    throw new Problem('malformed_request', 'The webhook is no JSON.');
  }
}
