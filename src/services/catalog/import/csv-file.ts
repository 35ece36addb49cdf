import type { Readable } from 'node:stream';
import { CsvError, parse } from 'csv-parse';
import { Problem } from '../../../platform/http/problem.ts';
import { REQUIRED_COLUMNS } from './csv-row.ts';
import type { ImportRecord } from './import.ts';

/** Longest row that is read, in characters. */
const LONGEST_ROW = 100_000;

/**
 * The records of a CSV file (RFC 4180, UTF-8, column names in the first line) as they arrive. Throws a Problem when a needed
 * column is missing or the file is larger than `mostBytes`.
 */
export async function* csvRecords(file: Readable, mostBytes: number): AsyncGenerator<ImportRecord> {
  const unreadable: { readonly after: number; readonly detail: string }[] = [];
  let named = false;
  const parser = parse({
    bom: true,
    columns: (names: string[]) => {
      named = true;
      return columnsOf(names);
    },
    info: true,
    max_record_size: LONGEST_ROW,
    relax_column_count: true,
    relax_quotes: true,
    skip_empty_lines: true,
    skip_records_with_error: true,
    on_skip: (error) => {
      unreadable.push({ after: parser.info.records, detail: error?.message ?? 'not readable' });
      return undefined;
    },
  });
  feed(file, parser, mostBytes).catch((error) => parser.destroy(error));
  let number = 1;
  try {
    for await (const { record, info } of parser as AsyncIterable<Parsed>) {
      while ((unreadable[0]?.after ?? info.records) < info.records)
        yield { number: ++number, unreadable: unreadable.shift()?.detail ?? '' };
      yield { number: ++number, fields: record };
    }
  } catch (error) {
    if (error instanceof CsvError) throw new Problem('malformed_request', `The file is not CSV: ${error.message}`);
    throw error;
  }
  for (const { detail } of unreadable) yield { number: ++number, unreadable: detail };
  if (!named) columnsOf([]);
}

interface Parsed {
  readonly record: Record<string, string>;
  readonly info: { readonly records: number };
}

async function feed(file: Readable, parser: ReturnType<typeof parse>, mostBytes: number): Promise<void> {
  let bytes = 0;
  for await (const chunk of file as AsyncIterable<Buffer>) {
    bytes += chunk.length;
    if (bytes > mostBytes) throw new Problem('payload_too_large', `A file may have up to ${mostBytes} bytes.`);
    if (!parser.write(chunk)) await new Promise((resolve) => parser.once('drain', resolve));
  }
  parser.end();
}

function columnsOf(names: readonly string[]): string[] {
  const columns = names.map((name) => name.trim().toLowerCase());
  const missing = REQUIRED_COLUMNS.filter((column) => !columns.includes(column));
  if (missing.length > 0)
    throw new Problem('validation_failed', `The first line must name the columns; missing: ${missing.join(', ')}.`);
  return columns;
}
