import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Json } from '../../kernel/json.ts';
import { lastEventId, openEventStream } from '../../platform/http/sse.ts';
import { type FollowParts, follow } from './follow.ts';

/**
 * Answers with an order as it changes: server-sent events `order`, each the whole view, its version as the id. Who resumes by
 * `Last-Event-ID` is sent the newest only if it is news. The order is read before the stream is opened: what that throws is the answer.
 */
export async function streamOrder<View extends { readonly version: number }>(
  request: FastifyRequest,
  reply: FastifyReply,
  { orderId, read }: { readonly orderId: string; readonly read: () => Promise<View> },
  parts: FollowParts,
): Promise<void> {
  const first = await read();
  const stream = openEventStream(request, reply);
  let told = Number(lastEventId(request) ?? 0);
  const tell = (order: View) => {
    if (order.version <= told) return;
    told = order.version;
    stream.send({ id: String(order.version), event: 'order', data: order as unknown as Json });
  };
  tell(first);
  stream.onClose(follow({ tag: `order:${orderId}`, read, tell }, parts));
}
