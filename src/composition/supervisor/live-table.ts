/** The part of a terminal that is needed here. */
export interface Terminal {
  write(text: string): unknown;
  readonly columns?: number;
  readonly rows?: number;
}

/** A terminal whose last lines are a table that is kept up to date, with a log that scrolls above it. */
export interface LiveTable {
  /** Writes above the table; the text ends with a line's end. */
  log(text: string): void;
  /** Draws the table anew. */
  refresh(): void;
  /** Leaves the terminal with the log alone. */
  end(): void;
}

const WIDTH = 80;
const HEIGHT = 24;

/** `table` is asked whenever it is drawn. One that leaves the log no room at all is cut. */
export function liveTable(terminal: Terminal, table: () => string): LiveTable {
  let drawn = 0;
  let over = false;
  const erased = () => (drawn === 0 ? '' : `\x1b[${drawn}A\x1b[0J`);
  const drawing = () => {
    const [width, height] = [terminal.columns ?? WIDTH, terminal.rows ?? HEIGHT];
    const lines = ['', ...table().split('\n')].slice(0, Math.max(1, height - 2));
    drawn = lines.length;
    // A line that wraps would be two, and could not be erased.
    return lines.map((line) => `${line.slice(0, width - 1)}\n`).join('');
  };
  return {
    log(text) {
      terminal.write(over ? text : `${erased()}${text}${drawing()}`);
    },
    refresh() {
      if (!over) terminal.write(`${erased()}${drawing()}`);
    },
    end() {
      if (over) return;
      terminal.write(erased());
      over = true;
    },
  };
}
