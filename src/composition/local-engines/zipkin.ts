import { join } from 'node:path';
import { answersOk, HOST } from './addresses.ts';
import { mavenFile } from './install/maven.ts';
import { smallJvm } from './java-options.ts';
import type { Engine } from './port.ts';
import { versions } from './versions.ts';

const DEFAULT_MEMORY_MB = 128;

/** Traces in memory; hears Zipkin's own format (v2 JSON), not OTLP. */
export const engine: Engine = {
  name: 'zipkin',
  about: 'traces',
  recipe: {
    version: versions.zipkin,
    java: 17,
    build: (folder) => mavenFile(folder, `io.zipkin:zipkin-server:${versions.zipkin}:jar:slim`),
    byHand: 'install Java 17 or newer and Maven, and `jangteo engines install zipkin` brings it',
  },
  port: 9411,
  ports: ['main'],
  plan({ ports, installed, java, memoryMb = DEFAULT_MEMORY_MB, settings }) {
    const url = `http://${HOST}:${ports.main}`;
    const listening = [`ip=${HOST}`, `port=${ports.main}`, 'protocols[0]=http'].map(
      (each) => `--armeria.ports[0].${each}`,
    );
    return {
      url,
      processes: [
        {
          name: 'server',
          command: [
            ...([java, ...smallJvm(memoryMb), '-XX:TieredStopAtLevel=1', '-jar'] as [string, ...string[]]),
            ...[join(installed, `zipkin-server-${versions.zipkin}-slim.jar`), ...listening],
            ...Object.entries(settings).map((each) => `--${each.join('=')}`),
          ],
        },
      ],
      ready: () => answersOk(`${url}/health`),
      readyWithinMs: 180_000,
    };
  },
};
