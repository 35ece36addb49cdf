/** A change of an address's questions: a value, several, or undefined to drop it. */
export type Change = Readonly<Record<string, string | readonly string[] | undefined>>;

/** The address with other questions; the page number goes with every change but its own. */
export function addressWith(path: string, change: Change): string {
  const [address = '/', query = ''] = path.split('?');
  const questions = new URLSearchParams(query);
  if (!('page' in change)) questions.delete('page');
  for (const [name, value] of Object.entries(change)) {
    questions.delete(name);
    for (const each of typeof value === 'string' ? [value] : (value ?? [])) questions.append(name, each);
  }
  return questions.size === 0 ? address : `${address}?${questions}`;
}

/** The address without one of the values of a question. */
export function addressWithout(path: string, name: string, value: string): string {
  const all = new URLSearchParams(path.split('?')[1] ?? '').getAll(name);
  return addressWith(path, { [name]: all.filter((each) => each !== value) });
}

/** Which page numbers to offer: the first, the last, and those around this one; null where some are left out. */
export function pageNumbers(page: number, pages: number): readonly (number | null)[] {
  const wanted = [...new Set([1, page - 1, page, page + 1, pages])].filter((each) => each >= 1 && each <= pages);
  const sorted = wanted.sort((a, b) => a - b);
  return sorted.flatMap((each, index) => {
    const before = sorted[index - 1];
    if (before === undefined || each === before + 1) return [each];
    return each === before + 2 ? [before + 1, each] : [null, each];
  });
}
