import { Problem } from '../../platform/http/problem.ts';
import type { LogIdentity, Positions } from '../../platform/storage/port.ts';
import { decodeToken, encodeToken, positionsFor, tokenOf } from '../../platform/views/token.ts';

/** Read-your-writes: what a write to the orders' log reached, as opaque text, and back. */
export interface Tokens {
  of(positions: Positions): string;
  /** What a list must have reached to show the write; undefined without a token. Throws `validation_failed` for other text. */
  positionsIn(token: string | undefined): Positions | undefined;
}

/** Tokens of one log; what another log answered says nothing of it. */
export function tokens(log: LogIdentity): Tokens {
  return {
    of: (positions) => encodeToken(tokenOf(log, positions)),
    positionsIn(token) {
      if (token === undefined) return undefined;
      const decoded = decodeToken(token);
      if (decoded.ok) return positionsFor(decoded.token, log);
      throw new Problem('validation_failed', 'The token is not one that a write of this shop answered with.');
    },
  };
}
