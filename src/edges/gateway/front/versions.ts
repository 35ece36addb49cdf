import type { VersionFacts } from '../routes/schema.ts';

/** What is told of a version with every answer: `Deprecation` (RFC 9745), `Sunset` (RFC 8594) and where to read about it. */
export function versionHeaders({
  deprecatedSince,
  sunset,
  link,
}: VersionFacts): readonly (readonly [string, string])[] {
  return [
    ...(deprecatedSince === undefined
      ? []
      : [['deprecation', `@${dayOf(deprecatedSince).getTime() / 1_000}`] as const]),
    ...(sunset === undefined ? [] : [['sunset', dayOf(sunset).toUTCString()] as const]),
    ...(link === undefined ? [] : [['link', `<${link}>; rel="deprecation"; type="text/html"`] as const]),
  ];
}

function dayOf(day: string): Date {
  return new Date(`${day}T00:00:00Z`);
}
