import type { Language } from '../showing/language.ts';

/** What a page may load: our own files, nothing else, and no script or style in the document itself. */
export const CONTENT_SECURITY_POLICY = [
  "default-src 'self'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self' data:",
  "font-src 'self'",
  "connect-src 'self'",
  "object-src 'none'",
  "base-uri 'none'",
  "form-action 'self'",
  "frame-ancestors 'none'",
].join('; ');

/** Of every page in a language. */
export const PAGE_HEADERS: Readonly<Record<Language, Readonly<Record<string, string>>>> = {
  en: headersIn('en'),
  ko: headersIn('ko'),
};

function headersIn(language: Language): Readonly<Record<string, string>> {
  return {
    'content-type': 'text/html; charset=utf-8',
    'content-language': language,
    'content-security-policy': CONTENT_SECURITY_POLICY,
    'referrer-policy': 'strict-origin-when-cross-origin',
    'permissions-policy': 'camera=(), microphone=(), geolocation=()',
    'cross-origin-opener-policy': 'same-origin',
    vary: 'accept-encoding, cookie',
  };
}
