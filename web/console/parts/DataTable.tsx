import type { ReactNode } from 'react';
import { useWords } from '../language.tsx';
import styles from './DataTable.module.css';
import { partWords } from './words.ts';

export interface Column<Row> {
  /** Unique among the table's columns. */
  readonly key: string;
  readonly head: ReactNode;
  readonly cell: (row: Row) => ReactNode;
  /** Figures stand at the end, in tabular numerals. */
  readonly align?: 'end';
  /** The cell that names the row; the first column, unless another says so. */
  readonly isRowHead?: boolean;
}

interface DataTableProps<Row> {
  /** What the table holds, for who cannot see it. */
  readonly caption: string;
  readonly columns: readonly Column<Row>[];
  readonly rows: readonly Row[];
  readonly keyOf: (row: Row) => string;
  /** Shown instead of a table without rows. */
  readonly empty?: ReactNode;
  /** Marks a row that wants to be looked at. */
  readonly toneOf?: (row: Row) => 'warning' | 'danger' | undefined;
}

/** A dense table with a head that stays; on a phone each row becomes a card whose cells carry their column's name. */
export function DataTable<Row>({ caption, columns, rows, keyOf, empty, toneOf }: DataTableProps<Row>) {
  const words = useWords(partWords);
  if (rows.length === 0) return <div className={styles.empty}>{empty ?? words.nothing}</div>;
  const head = columns.find(({ isRowHead }) => isRowHead) ?? columns[0];
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by keyboard
    <section className={styles.scroller} aria-label={caption} tabIndex={0}>
      <table className={styles.table}>
        <caption className="visually-hidden">{caption}</caption>
        <thead>
          <tr>
            {columns.map(({ key, head: name, align }) => (
              <th key={key} scope="col" className={align && styles[align]}>
                {name}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={keyOf(row)} data-tone={toneOf?.(row)}>
              {columns.map((column) => (
                <Cell key={column.key} column={column} row={row} isHead={column === head} />
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}

interface CellProps<Row> {
  readonly column: Column<Row>;
  readonly row: Row;
  readonly isHead: boolean;
}

function Cell<Row>({ column: { head, cell, align }, row, isHead }: CellProps<Row>) {
  const content = (
    <>
      <span className={styles.label} aria-hidden="true">
        {head}
      </span>
      <span className={styles.content}>{cell(row)}</span>
    </>
  );
  if (isHead) {
    return (
      <th scope="row" className={align && styles[align]}>
        {content}
      </th>
    );
  }
  return <td className={align && styles[align]}>{content}</td>;
}
