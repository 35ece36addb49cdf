export type Encoding = 'br' | 'gzip';

/** The better of our compressions that `Accept-Encoding` takes. */
export function preferredEncoding(header: string | string[] | undefined): Encoding | undefined {
  if (typeof header !== 'string') return undefined;
  if (takes(header, 'br')) return 'br';
  return takes(header, 'gzip') ? 'gzip' : undefined;
}

function takes(header: string, encoding: Encoding): boolean {
  return header.split(',').some((each) => {
    const [name = '', ...parameters] = each
      .trim()
      .toLowerCase()
      .split(/\s*;\s*/);
    return name === encoding && !parameters.some((parameter) => /^q=0(\.0*)?$/.test(parameter));
  });
}
