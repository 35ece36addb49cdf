/** Plain data: what survives `JSON.parse(JSON.stringify(value))` unchanged. */
export type Json = string | number | boolean | null | readonly Json[] | { readonly [key: string]: Json | undefined };

/** A JSON object; fields that are `undefined` are not written. */
export type JsonObject = { readonly [key: string]: Json | undefined };
