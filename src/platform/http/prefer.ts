const MOST_SECONDS = 30;

/** How long a caller is willing to wait (`Prefer: wait=5`, RFC 7240), in milliseconds, at most 30 s; undefined when it does not say. */
export function preferredWaitMs(request: {
  readonly headers: { readonly prefer?: string | string[] | undefined };
}): number | undefined {
  const match = /(?:^|[,;\s])wait\s*=\s*"?(\d{1,9})"?(?=$|[,;\s])/i.exec(String(request.headers.prefer ?? ''));
  return match === null ? undefined : Math.min(Number(match[1]), MOST_SECONDS) * 1_000;
}

/** Whether a caller wants no more than to know that it was done (`Prefer: return=minimal`, RFC 7240). */
export function prefersMinimal(request: {
  readonly headers: { readonly prefer?: string | string[] | undefined };
}): boolean {
  return /(?:^|[,;\s])return\s*=\s*"?minimal"?(?=$|[,;\s])/i.test(String(request.headers.prefer ?? ''));
}
