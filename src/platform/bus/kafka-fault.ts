/** What a fault of the client comes down to: it wraps each attempt, and each broker of an attempt, in an error of its own. */
export function reasonOf(fault: unknown): string {
  if (fault instanceof AggregateError && fault.errors.length > 0) return reasonOf(fault.errors.at(-1));
  return fault instanceof Error ? fault.message : String(fault);
}
