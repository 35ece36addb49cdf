import { execFileSync } from 'node:child_process';
import { accessSync, constants, globSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { type Browser, chromium } from 'playwright-core';

/** Where distributions, people and playwright put a chromium. */
const PLACES = ['/usr/bin/chromium', '/usr/bin/chromium-browser'];
const COMMANDS = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'];
const PLAYWRIGHTS = 'chromium*/chrome-*/{chrome,headless_shell,Chromium.app/Contents/MacOS/Chromium}';
const MAC = '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome';

const ARGUMENTS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-dev-shm-usage',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--font-render-hinting=none',
];

/** The chromium of this machine: the one that JANGTEO_CHROMIUM names, else the first that is found. */
export function findChromium(env: NodeJS.ProcessEnv = process.env): string | undefined {
  const named = env.JANGTEO_CHROMIUM?.trim();
  if (named !== undefined && named !== '') return named;
  return [...PLACES, ...inPath(env.PATH ?? ''), MAC, ...downloaded(env)].find(isProgram);
}

/**
 * Why no test in a browser can run here; undefined when there is a browser. Throws the same sentence where JANGTEO_REQUIRE_BROWSER
 * is set, as it is in CI: there a test that is left out is a failure.
 */
export function whyNoBrowser(env: NodeJS.ProcessEnv = process.env): string | undefined {
  if (findChromium(env) !== undefined) return undefined;
  const why = 'no chromium was found: install one (apt-get install chromium), or name it in JANGTEO_CHROMIUM';
  if (env.JANGTEO_REQUIRE_BROWSER === '1') throw new Error(why);
  return why;
}

/** Starts the browser, without a window. Throws when there is none, or when it does not start. */
export async function openBrowser(): Promise<Browser> {
  const executablePath = findChromium();
  if (executablePath === undefined) throw new Error(whyNoBrowser());
  return chromium.launch({ executablePath, args: ARGUMENTS, timeout: 60_000 });
}

/** The version of the program, to tell with figures. */
export function versionOf(executable: string): string {
  return execFileSync(executable, ['--version'], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] }).trim();
}

function inPath(path: string): readonly string[] {
  return path.split(':').flatMap((folder) => COMMANDS.map((command) => join(folder, command)));
}

function downloaded(env: NodeJS.ProcessEnv): readonly string[] {
  const caches = [
    env.PLAYWRIGHT_BROWSERS_PATH,
    join(homedir(), '.cache', 'ms-playwright'),
    join(homedir(), 'Library', 'Caches', 'ms-playwright'),
  ].filter((cache) => cache !== undefined && cache !== '');
  return caches.flatMap((cache) => globSync(join(cache ?? '', PLAYWRIGHTS)));
}

function isProgram(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
