import type { GatewayEntry } from './growth.ts';

/** What a gateway is, in a few words. */
export function gatewayText({ routes, trusts = [], certificate, drills }: GatewayEntry): string {
  const extras = [
    certificate === undefined ? '' : 'TLS ends here',
    trusts.length === 0 ? '' : `behind ${trusts.join(' and ')}`,
    drills === true ? 'drills of the routes' : '',
  ].filter((each) => each !== '');
  return [`gateway by the routes ${routes}`, ...extras].join(', ');
}
