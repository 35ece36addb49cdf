/** A rejected row as the import reports it; row 1 is the line with the column names. */
export interface RejectedRow {
  readonly row: number;
  readonly sku: string;
  readonly code: string;
  readonly reason: string;
  readonly field?: string;
}

/**
 * The records of a CSV text as they stand in it (RFC 4180; quotes may hold line ends), empty lines left out: the import counts rows
 * the same way, so that the record of row n is the n-th.
 */
export function recordsOf(text: string): string[] {
  const records: string[] = [];
  let start = text.charCodeAt(0) === 0xfeff ? 1 : 0;
  let quoted = false;
  const close = (end: number) => {
    const record = text.slice(start, end).replace(/\r$/, '');
    if (record !== '') records.push(record);
    start = end + 1;
  };
  for (let at = start; at < text.length; at++) {
    const character = text[at];
    if (character === '"') quoted = !quoted;
    else if (character === '\n' && !quoted) close(at);
  }
  if (start < text.length) close(text.length);
  return records;
}

const OWN_COLUMNS = ['rejected_row', 'rejected_column', 'rejected_why'];

/**
 * The rejected rows as CSV: with the columns of the file they came from, so that they can be mended and sent again, and three more
 * that say what is wrong; with what the report knows of them alone when the file is no longer at hand.
 */
export function rejectedCsv(rejected: readonly RejectedRow[], records: readonly string[] | undefined): string {
  const why = ({ row, field = '', reason }: RejectedRow) => [String(row), field, reason];
  if (records === undefined) {
    const lines = rejected.map((each) => [...why(each), each.sku, each.code].map(quoted).join(','));
    return `${[[...OWN_COLUMNS, 'sku', 'code'].join(','), ...lines].join('\r\n')}\r\n`;
  }
  const lines = rejected.map((each) => [records[each.row - 1] ?? '', ...why(each).map(quoted)].join(','));
  return `${[[records[0] ?? '', ...OWN_COLUMNS].join(','), ...lines].join('\r\n')}\r\n`;
}

/** A sheet must not take a text for a formula. */
function quoted(text: string): string {
  const safe = /^[=+\-@\t]/.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
