import type { IncomingHttpHeaders } from 'node:http';
import { Problem } from './problem.ts';

const OPERATOR = /^[\x21-\x7e](?:[\x20-\x7e]{0,98}[\x21-\x7e])?$/;

/**
 * Who acts: `admin`, and the name that `Jangteo-Operator` gives. The admin token proves that it is one of the operators, the header
 * says which. Throws `validation_failed` for a name that is not 1 to 100 visible ASCII characters.
 */
export function operatorOf({ headers }: { readonly headers: IncomingHttpHeaders }): string {
  const header = headers['jangteo-operator'];
  if (header === undefined) return 'admin';
  if (OPERATOR.test(String(header))) return `admin ${header}`;
  const message = 'must be 1 to 100 visible ASCII characters';
  throw new Problem('validation_failed', `The header Jangteo-Operator ${message}.`, {
    errors: [{ path: 'headers/Jangteo-Operator', message }],
  });
}
