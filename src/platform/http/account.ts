/** An address as `fetch` takes it, and the header that says who signs in there, when the address does. Throws when it is none. */
export function apartFromAccount(address: string): { readonly url: string; readonly headers: Record<string, string> } {
  const url = new URL(address);
  const [name, password] = [url.username, url.password].map(decodeURIComponent);
  url.username = '';
  url.password = '';
  const isNamed = name !== '' || password !== '';
  const basic = () => `Basic ${Buffer.from(`${name}:${password}`).toString('base64')}`;
  return { url: url.href, headers: isNamed ? { authorization: basic() } : {} };
}
