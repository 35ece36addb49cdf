const SECRET =
  /authorization|cookie|token|secret|password|email|address|line1|line2|postalcode|phone|card(number)?$|^pan$|^cvc$/i;
const BEARER = /\b(bearer )[\w.~+/=-]+/gi;
const USERINFO = /(\b[a-z][a-z0-9+.-]{0,30}:\/\/)[^\s/@"']{1,300}@/gi;
const EMAIL = /[\w.+-]+@[\w-]+(?:\.[\w-]+)+/g;
const CAPABILITY = /\b(shp_[0-9a-z]{30})\.[\w-]{43}/g;
const CARD_TOKEN = /\btok_\w+/g;
const DEEPEST = 6;

/**
 * A copy of log fields without what must not be in a log: values of telling field names and what looks like a token, an
 * e-mail address or the password of an address within a text. A second line of defence; the first is not to log it.
 */
export function redacted(value: unknown, depth = 0): unknown {
  if (typeof value === 'string') return redactedText(value);
  if (value === null || typeof value !== 'object') return typeof value === 'bigint' ? value.toString() : value;
  if (depth >= DEEPEST) return '[deep]';
  if (value instanceof Error) return redactedError(value, depth);
  if (Array.isArray(value)) return value.map((each) => redacted(each, depth + 1));
  const copy: Record<string, unknown> = {};
  for (const [name, field] of Object.entries(value)) {
    copy[name] = SECRET.test(name) ? '[redacted]' : redacted(field, depth + 1);
  }
  return copy;
}

/** A text without tokens, e-mail addresses, and who signs in at an address. */
export function redactedText(text: string): string {
  return text
    .replace(BEARER, '$1[redacted]')
    .replace(USERINFO, '$1[redacted]@')
    .replace(EMAIL, '[redacted]')
    .replace(CAPABILITY, '$1.[redacted]')
    .replace(CARD_TOKEN, '[redacted]');
}

function redactedError(error: Error, depth: number): Record<string, unknown> {
  const { code } = error as { code?: unknown };
  return {
    type: error.name,
    message: redactedText(error.message),
    stack: redactedText(error.stack ?? ''),
    ...(typeof code === 'string' ? { code } : {}),
    ...(error.cause === undefined ? {} : { cause: redacted(error.cause, depth + 1) }),
  };
}
