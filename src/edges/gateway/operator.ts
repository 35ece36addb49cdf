import type { Act } from '../../platform/hospital/port.ts';
import { idempotencyOf, type RepeatableRequest } from '../../platform/http/idempotency.ts';
import { Problem } from '../../platform/http/problem.ts';

const OPERATOR = /^[\x21-\x7e](?:[\x20-\x7e]{0,98}[\x21-\x7e])?$/;

/**
 * Who acts, as the audit keeps it: the admin token proves that it is one of the operators, the header `Jangteo-Operator` says
 * which. Throws `validation_failed` for a name that is not 1 to 100 visible ASCII characters or a key that is none.
 */
export function actOf(request: RepeatableRequest, why?: string): Act {
  const header = request.headers['jangteo-operator'];
  if (header !== undefined && !OPERATOR.test(String(header))) {
    const message = 'must be 1 to 100 visible ASCII characters';
    throw new Problem('validation_failed', `The header Jangteo-Operator ${message}.`, {
      errors: [{ path: 'headers/Jangteo-Operator', message }],
    });
  }
  const repeat = idempotencyOf(request, 'admin');
  return {
    by: header === undefined ? 'admin' : `admin ${header}`,
    ...(why !== undefined && { why }),
    ...(repeat && { repeat }),
  };
}
