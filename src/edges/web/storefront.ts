import { existsSync, globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Currency } from '../showing/currency.ts';
import type { Language } from '../showing/language.ts';

/** What a page is rendered from; the same travels to the browser. */
export interface PageState {
  readonly page: string;
  readonly language: Language;
  readonly currency: Currency;
  readonly path: string;
  readonly origin: string;
  readonly shell: unknown;
  readonly view: unknown;
}

/** A built file as it is sent. */
export interface Asset {
  readonly type: string;
  readonly bytes: Buffer;
  readonly br?: Buffer;
  readonly gzip?: Buffer;
}

/** The storefront as it was built: what renders its pages, and the files that browsers load. */
export interface Storefront {
  render(state: PageState): string;
  /** What a device that installs the shop is told (`manifest.webmanifest`). */
  manifest(language: Language): object;
  /** By address: `/assets/…`, whose names change with their content, and the icons. */
  readonly assets: ReadonlyMap<string, Asset>;
}

interface Files {
  readonly script?: string;
  readonly styles: readonly string[];
  readonly modules: readonly string[];
  readonly fonts: readonly string[];
}

/** What the server's bundle gives. */
interface Renderer {
  readonly render: (state: PageState, files: Files) => string;
  readonly manifest: (language: Language) => object;
}

interface Chunk {
  readonly file: string;
  readonly isEntry?: boolean;
  readonly css?: readonly string[];
  readonly imports?: readonly string[];
}

type Manifest = Readonly<Record<string, Chunk>>;

const TYPES: Readonly<Record<string, string>> = {
  js: 'text/javascript; charset=utf-8',
  css: 'text/css; charset=utf-8',
  svg: 'image/svg+xml',
  png: 'image/png',
  ico: 'image/x-icon',
  woff2: 'font/woff2',
};

/**
 * Reads the storefront from the folder it was built into, all of it: what is built anew later does not disturb a shop that runs.
 * Throws when it was not built.
 */
export async function readStorefront(folder: string): Promise<Storefront> {
  const browser = join(folder, 'storefront');
  const manifest: Manifest = JSON.parse(readFileSync(join(browser, 'manifest.json'), 'utf8'));
  const { render, manifest: webManifest } = (await import(
    pathToFileURL(join(folder, 'server', 'server.mjs')).href
  )) as Renderer;
  const known = new Map<string, Files>();

  const filesFor = (page: string, language: Language): Files => {
    const key = `${page} ${language}`;
    const files = known.get(key) ?? filesOf(manifest, page, language);
    known.set(key, files);
    return files;
  };

  return {
    render: (state) => render(state, filesFor(state.page, state.language)),
    manifest: webManifest,
    assets: new Map(
      globSync(['assets/*.{js,css,svg,png,woff2}', 'icons/*.{svg,png,ico}'], { cwd: browser }).map((file) => [
        `/${file.replace(/^icons\//, '')}`,
        assetOf(join(browser, file)),
      ]),
    ),
  };
}

/** What a page's document must name, from the build's manifest. */
function filesOf(manifest: Manifest, page: string, language: Language): Files {
  const entry = manifest[`pages/${page}/client.tsx`];
  if (entry === undefined) throw new Error(`the storefront was built without a page ${page}`);
  const words = manifest[`words/${language}.ts`];
  const chunks = new Set<Chunk>();
  const add = (chunk: Chunk) => {
    if (chunks.has(chunk)) return;
    for (const name of chunk.imports ?? []) {
      const imported = manifest[name];
      if (imported !== undefined) add(imported);
    }
    chunks.add(chunk);
  };
  add(entry);
  const own = [...chunks];
  if (words !== undefined) add(words);
  const at = (file: string) => `/${file}`;
  return {
    script: at(entry.file),
    styles: [...new Set(own.flatMap(({ css = [] }) => css))].map(at),
    modules: [...chunks].filter((chunk) => chunk !== entry).map(({ file }) => at(file)),
    fonts: [],
  };
}

function assetOf(path: string): Asset {
  const compressed = (ending: string) => (existsSync(path + ending) ? readFileSync(path + ending) : undefined);
  const br = compressed('.br');
  const gzip = compressed('.gz');
  return {
    type: TYPES[path.slice(path.lastIndexOf('.') + 1)] ?? 'application/octet-stream',
    bytes: readFileSync(path),
    ...(br && { br }),
    ...(gzip && { gzip }),
  };
}
