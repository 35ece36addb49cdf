import { mkdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { dependenciesMatch, installDependencies } from './dependencies.mjs';
import { withLock } from './lock.mjs';
import { suitableNode } from './newer-node.mjs';
import { SetupFault } from './npm.mjs';
import { buildPages, pagesMatch } from './pages.mjs';

export const cloneFolder = dirname(dirname(dirname(fileURLToPath(import.meta.url))));

/**
 * Makes the clone ready to run: its dependencies, a Node that runs TypeScript and, where `pages` are wanted, those built from
 * the sources as they are. Runs on Node 20 with nothing installed; a second run finds everything done. Answers the path of the
 * Node to use. Ends the process with one sentence when it fails.
 */
export async function prepare({ pages = false } = {}) {
  const isDone = () => dependenciesMatch(cloneFolder) && (!pages || pagesMatch(cloneFolder));
  const tools = join(cloneFolder, '.jangteo', 'tools');
  try {
    const node = suitableNode(tools);
    if (node !== undefined && isDone()) return node;
    mkdirSync(tools, { recursive: true });
    return await withLock(join(tools, 'setup.lock'), () => {
      if (!dependenciesMatch(cloneFolder)) installDependencies(cloneFolder);
      const ready = suitableNode(tools) ?? suitableNode(tools, { install: true });
      if (pages && !pagesMatch(cloneFolder)) buildPages(cloneFolder, ready);
      return ready;
    });
  } catch (error) {
    if (!(error instanceof SetupFault)) throw error;
    console.error(error.message);
    process.exit(1);
  }
}
