import { mkdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { dependenciesMatch, installDependencies } from './dependencies.mjs';
import { withLock } from './lock.mjs';
import { suitableNode } from './newer-node.mjs';
import { SetupFault } from './npm.mjs';

export const cloneFolder = dirname(dirname(dirname(fileURLToPath(import.meta.url))));

/**
 * Makes the clone ready to run: its dependencies, and a Node that runs TypeScript. Runs on Node 20 with nothing installed;
 * a second run finds everything done. Answers the path of the Node to use. Ends the process with one sentence when it fails.
 */
export async function prepare() {
  const tools = join(cloneFolder, '.jangteo', 'tools');
  try {
    const node = suitableNode(tools);
    if (node !== undefined && dependenciesMatch(cloneFolder)) return node;
    mkdirSync(tools, { recursive: true });
    return await withLock(join(tools, 'setup.lock'), () => {
      if (!dependenciesMatch(cloneFolder)) installDependencies(cloneFolder);
      return suitableNode(tools) ?? suitableNode(tools, { install: true });
    });
  } catch (error) {
    if (!(error instanceof SetupFault)) throw error;
    console.error(error.message);
    process.exit(1);
  }
}
