import type { Json } from '../../kernel/json.ts';

/** Whether two values say the same: the order of an object's fields and fields that are `undefined` do not count. */
export function sameContent(a: Json | undefined, b: Json | undefined): boolean {
  if (a === b) return true;
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return false;
  if (isList(a) || isList(b)) return isList(a) && isList(b) && sameList(a, b);
  const names = new Set([...Object.keys(a), ...Object.keys(b)]);
  for (const name of names) if (!sameContent(own(a, name), own(b, name))) return false;
  return true;
}

function sameList(a: readonly Json[], b: readonly Json[]): boolean {
  return a.length === b.length && a.every((value, index) => sameContent(value, b[index]));
}

function isList(value: object): value is readonly Json[] {
  return Array.isArray(value);
}

function own(value: { readonly [name: string]: Json | undefined }, name: string): Json | undefined {
  return Object.hasOwn(value, name) ? value[name] : undefined;
}
