import type { HttpServer } from '../../platform/http/port.ts';

const MOST_BYTES = 20_000;

/** Lets the routes of a scope take what plain HTML forms send: an object of texts, the last of each name. */
export function takeForms(scope: HttpServer): void {
  scope.addContentTypeParser(
    'application/x-www-form-urlencoded',
    { parseAs: 'string', bodyLimit: MOST_BYTES },
    (_request, body, done) => done(null, Object.fromEntries(new URLSearchParams(String(body)))),
  );
}
