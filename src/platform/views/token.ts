import type { LogIdentity, Positions } from '../storage/port.ts';

/** A place in one log that a write reached. */
export interface TokenPart {
  readonly log: string;
  readonly epoch: string;
  readonly positions: Positions;
}

/** Read-your-writes: the places that a write, or a saga's several writes, reached. */
export type Token = readonly TokenPart[];

export type DecodedToken = { readonly ok: true; readonly token: Token } | { readonly ok: false };

const MOST_LENGTH = 4_096;

/** The token as opaque text, safe in URLs and headers. */
export function encodeToken(token: Token): string {
  const parts = token.map(({ log, epoch, positions }) => [log, epoch, ...positions]);
  return Buffer.from(JSON.stringify(parts)).toString('base64url');
}

/** The token of a write to one log. */
export function tokenOf({ name, epoch }: Pick<LogIdentity, 'name' | 'epoch'>, positions: Positions): Token {
  return [{ log: name, epoch, positions }];
}

/** Never throws: text that is no token of ours is not ok. */
export function decodeToken(text: string): DecodedToken {
  if (text.length > MOST_LENGTH || !/^[A-Za-z0-9_-]+$/.test(text)) return { ok: false };
  try {
    const parts: unknown = JSON.parse(Buffer.from(text, 'base64url').toString('utf8'));
    if (!Array.isArray(parts)) return { ok: false };
    const token = parts.map(partOf);
    return token.every((part) => part !== undefined) ? { ok: true, token } : { ok: false };
  } catch {
    return { ok: false };
  }
}

/** What a view of this log must have reached; undefined when the token says nothing about it, or about an earlier epoch of it. */
export function positionsFor(token: Token, log: Pick<LogIdentity, 'name' | 'epoch'>): Positions | undefined {
  return token.find((part) => part.log === log.name && part.epoch === log.epoch)?.positions;
}

function partOf(part: unknown): TokenPart | undefined {
  if (!Array.isArray(part)) return undefined;
  const [log, epoch, ...positions] = part as unknown[];
  if (typeof log !== 'string' || typeof epoch !== 'string') return undefined;
  const whole = positions.filter((each): each is number => Number.isSafeInteger(each) && Number(each) >= 0);
  return whole.length === positions.length ? { log, epoch, positions: whole } : undefined;
}
