type Parsed =
  | { readonly ok: true; readonly value: Record<string, unknown> }
  /** `why` is undefined when it is JSON, but no object. */
  | { readonly ok: false; readonly why: string | undefined };

/** JSON as a person edits it. */
export function pretty(value: unknown): string {
  return JSON.stringify(value, null, 2);
}

/** An object in JSON, or why the text is none. */
export function parsed(text: string): Parsed {
  try {
    const value: unknown = JSON.parse(text);
    if (typeof value !== 'object' || value === null || Array.isArray(value)) return { ok: false, why: undefined };
    return { ok: true, value: value as Record<string, unknown> };
  } catch (error) {
    return { ok: false, why: error instanceof Error ? error.message : String(error) };
  }
}
