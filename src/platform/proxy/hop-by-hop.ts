/** Headers that speak of one connection only (RFC 9110 §7.6.1, with those that the older RFC 2616 named). */
export const HOP_BY_HOP: ReadonlySet<string> = new Set([
  'connection',
  'keep-alive',
  'proxy-connection',
  'proxy-authenticate',
  'proxy-authorization',
  'te',
  'transfer-encoding',
  'upgrade',
  'http2-settings',
]);

/** Of these a sender may not say that they end here. */
const END_TO_END = new Set(['host', 'content-length', 'content-type']);
const USUAL = /^\s*(keep-alive|close)?\s*$/i;

/** What `Connection` names beside the above, in lower case; undefined when it names nothing. `raw` is name, value, name, value… */
export function namedByConnection(raw: readonly string[]): ReadonlySet<string> | undefined {
  const named = new Set<string>();
  for (let i = 0; i < raw.length; i += 2) {
    const name = raw[i] as string;
    if (name.length !== 10 || name.toLowerCase() !== 'connection') continue;
    const value = raw[i + 1] as string;
    if (USUAL.test(value)) continue;
    for (const each of value.toLowerCase().split(',')) {
      const token = each.trim();
      if (!END_TO_END.has(token)) named.add(token);
    }
  }
  return named.size > 0 ? named : undefined;
}
