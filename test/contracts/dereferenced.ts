const REFERENCE = /^#\/components\/schemas\/([A-Za-z]+)$/;

/** A document, or a part of one, with its named schemas in the places where they are named. */
export function dereferenced<Part>(part: Part, schemas: Readonly<Record<string, unknown>>): Part {
  if (Array.isArray(part)) return part.map((each) => dereferenced(each, schemas)) as Part;
  if (typeof part !== 'object' || part === null) return part;
  const { $ref } = part as { readonly $ref?: unknown };
  const name = typeof $ref === 'string' ? REFERENCE.exec($ref)?.[1] : undefined;
  if (name !== undefined) return dereferenced(schemas[name], schemas) as Part;
  return Object.fromEntries(Object.entries(part).map(([key, value]) => [key, dereferenced(value, schemas)])) as Part;
}
