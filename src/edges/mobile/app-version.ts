import type { HttpServer } from '../../platform/http/port.ts';
import { Problem } from '../../platform/http/problem.ts';

/** Which versions of an app are served: below `minimum` none is; below `current` an update is offered. */
export interface AppVersions {
  readonly minimum: string;
  readonly current: string;
}

/** Numbers with dots between, as stores count releases. */
export const VERSION = '^\\d{1,6}(\\.\\d{1,6}){0,3}$';

/** Whether `version` comes before `other`, number by number; what one of them leaves out counts as 0. */
export function isBefore(version: string, other: string): boolean {
  const [left, right] = [version.split('.').map(Number), other.split('.').map(Number)];
  for (let at = 0; at < Math.max(left.length, right.length); at++) {
    const difference = (left[at] ?? 0) - (right[at] ?? 0);
    if (difference !== 0) return difference < 0;
  }
  return false;
}

const wellFormed = new RegExp(VERSION);

/**
 * Refuses apps that are too old to be served, by what they say of themselves (`X-App-Version`), and tells those that could be newer
 * by `X-App-Upgrade`. An app that says nothing is served.
 */
export function checkVersions(
  scope: HttpServer,
  { platform, versions }: { readonly platform: string; readonly versions?: AppVersions | undefined },
): void {
  scope.addHook('onRequest', (request, reply, done) => {
    const { 'x-app-version': version } = request.headers;
    if (versions === undefined || typeof version !== 'string' || !wellFormed.test(version)) return done();
    const { minimum, current } = versions;
    if (isBefore(version, current)) reply.header('x-app-upgrade', current);
    if (!isBefore(version, minimum)) return done();
    // RFC 9110, 15.5.22: 426 says what to upgrade to.
    reply.header('upgrade', `jangteo-${platform}/${minimum}`).header('connection', 'upgrade');
    done(
      new Problem('app_too_old', `Version ${version} is not served any more: update the app.`, { minimum, current }),
    );
  });
}
