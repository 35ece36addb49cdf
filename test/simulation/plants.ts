import { registerHooks } from 'node:module';

/** A bug put into the shop for one run of the simulation: a text of one file, which must be there exactly once, and what takes its place. */
export interface Plant {
  readonly name: string;
  /** Below `src`. */
  readonly file: string;
  readonly text: string;
  readonly becomes: string;
  /** A part of the sentence of the invariant that finds it. */
  readonly finds: RegExp;
  /** Found within so many seeds from 1 on. */
  readonly within: number;
}

/** The file's text with the bug in it. Throws when the text to replace is not there exactly once. */
export function planted(source: string, { name, file, text, becomes }: Plant): string {
  const found = source.split(text).length - 1;
  if (found !== 1) throw new Error(`${name}: the text to replace is ${found} times in src/${file}`);
  return source.replace(text, () => becomes);
}

/** Puts the bug into the file when it is loaded; call it before the shop is imported. */
export function plant(bug: Plant): void {
  const target = new URL(`../../src/${bug.file}`, import.meta.url).href;
  registerHooks({
    load(url, context, nextLoad) {
      const loaded = nextLoad(url, context);
      return url === target ? { ...loaded, source: planted(String(loaded.source), bug) } : loaded;
    },
  });
}
