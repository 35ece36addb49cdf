/** Options of variants as an address writes them, `Colour:Red`, by name; what is none is passed over, and so is what comes after the first twenty. */
export function optionsIn(option: readonly string[]): Record<string, string[]> {
  const options = new Map<string, string[]>();
  for (const each of option) {
    const at = each.indexOf(':');
    const [name, value] = [each.slice(0, at), each.slice(at + 1)];
    if (at < 1 || name.length > 100 || value === '' || value.length > 200) continue;
    const values = options.get(name) ?? [];
    if (!values.includes(value)) options.set(name, [...values, value]);
  }
  return Object.fromEntries([...options].slice(0, 20));
}
