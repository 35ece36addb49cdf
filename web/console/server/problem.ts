/** A problem as the server told it (RFC 9457), or that it could not be asked (`offline`). */
export class ProblemError extends Error {
  override readonly name = 'ProblemError';
  readonly code: string;
  readonly status: number;
  readonly requestId: string | undefined;
  /** The whole document: `errors` by field, and what else the code brings. */
  readonly document: Readonly<Record<string, unknown>>;

  constructor(document: Readonly<Record<string, unknown>>) {
    super(typeof document.detail === 'string' ? document.detail : 'The server did not say what is wrong.');
    this.document = document;
    this.code = typeof document.code === 'string' ? document.code : 'internal_error';
    this.status = typeof document.status === 'number' ? document.status : 0;
    this.requestId = typeof document.requestId === 'string' ? document.requestId : undefined;
  }
}

/** Whatever was thrown, as a problem. */
export function problemOf(error: unknown): ProblemError {
  if (error instanceof ProblemError) return error;
  return new ProblemError({
    code: 'offline',
    status: 0,
    detail: error instanceof Error ? error.message : String(error),
  });
}
