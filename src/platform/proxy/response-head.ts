import { HOP_BY_HOP, namedByConnection } from './hop-by-hop.ts';

/** An answer's head as the client gets it. */
export interface ResponseHead {
  /** Name, value, name, value…, in the order they came. */
  readonly headers: string[];
  /** Of the body in bytes, when the head tells it. */
  readonly contentLength: number | undefined;
}

/** Takes away what spoke of the upstream's connection; `raw` is name, value, name, value… in bytes. */
export function responseHead(raw: readonly (Buffer | string)[]): ResponseHead {
  const all = raw.map((each) => (typeof each === 'string' ? each : each.toString('latin1')));
  const named = namedByConnection(all);
  const headers: string[] = [];
  let contentLength: number | undefined;
  for (let i = 0; i < all.length; i += 2) {
    const raw = all[i] as string;
    const value = all[i + 1] as string;
    const name = raw.toLowerCase();
    if (HOP_BY_HOP.has(name) || named?.has(name)) continue;
    if (name === 'content-length') contentLength = Number(value);
    headers.push(raw, value);
  }
  return { headers, contentLength };
}
