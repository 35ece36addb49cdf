import type { Route } from '../routes/schema.ts';

/** Which of a route's services a request goes to. `draw` is a number in [0, 1): chance, or the client's own when the route is sticky. */
export function pickService({ service, targets = [] }: Route, draw: number): string {
  if (service !== undefined) return service;
  const total = targets.reduce((sum, { weight }) => sum + weight, 0);
  let left = draw * total;
  for (const each of targets) {
    left -= each.weight;
    if (left < 0) return each.service;
  }
  throw new Error('a route without a target was let through');
}

/** A number in [0, 1) that is always the same for a client, evenly spread over all (FNV-1a, with a final mix). */
export function drawOf(client: string): number {
  let hash = 0x811c9dc5;
  for (let i = 0; i < client.length; i++) hash = Math.imul(hash ^ client.charCodeAt(i), 0x01000193);
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return ((hash ^ (hash >>> 16)) >>> 0) / 2 ** 32;
}
