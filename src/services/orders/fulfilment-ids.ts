import { createHash } from 'node:crypto';
import { bucketOf, makeId, parseId } from '../../kernel/ids.ts';
import type { Clock, Random } from '../../platform/clock/port.ts';

/**
 * An id for something that happens to an order, in the order's bucket. The same `key` gives the same id, so that a repeated
 * request carries the id of the first; without a key each call gives a new one.
 */
export function idForOrder(
  kind: string,
  orderId: string,
  key: string | undefined,
  { clock, random }: { readonly clock: Clock; readonly random: Random },
): string {
  const { cell, bucket, timeMs } = parseId(orderId) ?? { cell: 0, bucket: bucketOf(orderId), timeMs: 0 };
  if (key === undefined) return makeId({ kind, cell, bucket, timeMs: clock.now() }, random.bytes(10));
  const digest = createHash('sha256').update(`${kind}\n${orderId}\n${key}`).digest();
  return makeId({ kind, cell, bucket, timeMs }, digest);
}
