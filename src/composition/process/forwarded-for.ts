import type { IncomingHttpHeaders } from 'node:http';
import { showsToken } from '../../platform/http/inside.ts';

/**
 * Names the service, or the edge, that a forwarded request is for, and shows that it comes from a process of the shop: whoever does not
 * lead the service, or show the edge, must not forward it again, and whom it says it speaks for is believed.
 */
const FOR = 'jangteo-for';

/** What goes with a request that a process of the shop passes on. */
export function forwardedFor(name: string, token: string): Readonly<Record<string, string>> {
  return { [FOR]: `${name} ${token}` };
}

/** Reads for which service or edge a process of the shop has passed a request on; undefined of everybody else, whatever they say. */
export function forwardReader(token: string): (headers: IncomingHttpHeaders) => string | undefined {
  const isPeers = showsToken(token);
  return ({ [FOR]: said }) => {
    if (typeof said !== 'string') return undefined;
    const end = said.indexOf(' ');
    return end > 0 && isPeers(`Bearer ${said.slice(end + 1)}`) ? said.slice(0, end) : undefined;
  };
}

/** Nobody behind this process's door is told what somebody outside has said here. */
export function forgetForward(headers: IncomingHttpHeaders): void {
  delete headers[FOR];
}
