import type { Act } from '../../platform/hospital/port.ts';
import { idempotencyOf, type RepeatableRequest } from '../../platform/http/idempotency.ts';
import { operatorOf } from '../../platform/http/operator.ts';

/** Who acts and why, as the audit keeps it. Throws `validation_failed` for an operator's name or a key that is none. */
export function actOf(request: RepeatableRequest, why?: string, revision?: number): Act {
  const repeat = idempotencyOf(request, 'admin');
  return {
    by: operatorOf(request),
    ...(why !== undefined && { why }),
    ...(revision !== undefined && { revision }),
    ...(repeat && { repeat }),
  };
}
