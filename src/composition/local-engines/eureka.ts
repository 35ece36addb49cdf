import { join } from 'node:path';
import { answersOk, HOST } from './addresses.ts';
import { compileClass } from './install/java.ts';
import { mavenLibraries } from './install/maven.ts';
import { smallJvm } from './java-options.ts';
import type { Engine } from './port.ts';
import { versions } from './versions.ts';

const DEFAULT_MEMORY_MB = 160;

/** Netflix's registry as Spring Cloud runs it; the libraries hold no main class. */
const REGISTRY = `
package local;

@org.springframework.boot.autoconfigure.SpringBootApplication
@org.springframework.cloud.netflix.eureka.server.EnableEurekaServer
public class Registry {
  public static void main(String[] args) {
    org.springframework.boot.SpringApplication.run(Registry.class, args);
  }
}
`;

/**
 * One registry. It answers what is true now (no cache of answers) and lets go of who is silent, checked every second; the
 * distribution's self-preservation, which keeps the silent ones, is on with \`--set eureka.server.enable-self-preservation=true\`.
 */
export const engine: Engine = {
  name: 'eureka',
  about: 'service discovery of the Spring world',
  recipe: {
    version: versions.eureka,
    java: 17,
    async build(folder, { java }) {
      const starter = `org.springframework.cloud:spring-cloud-starter-netflix-eureka-server:${versions.eureka}`;
      const boot = `org.springframework.boot:spring-boot-dependencies:${versions.springBoot}`;
      await mavenLibraries(folder, [{ id: starter }], boot);
      await compileClass(folder, java, 'Registry', REGISTRY);
    },
    byHand: 'install Java 17 or newer and Maven, and `jangteo engines install eureka` brings it',
  },
  port: 8761,
  ports: ['main'],
  plan({ ports, installed, java, memoryMb = DEFAULT_MEMORY_MB, settings }) {
    const options = Object.entries({
      ...{ 'server.address': HOST, 'server.port': ports.main, 'eureka.instance.hostname': HOST },
      ...{ 'eureka.client.register-with-eureka': false, 'eureka.client.fetch-registry': false },
      ...{ 'eureka.server.use-read-only-response-cache': false, 'eureka.server.eviction-interval-timer-in-ms': 1000 },
      ...{ 'eureka.server.enable-self-preservation': false, ...settings },
    });
    const url = `http://${HOST}:${ports.main}/eureka`;
    return {
      url,
      processes: [
        {
          name: 'registry',
          command: [
            ...([java, ...smallJvm(memoryMb), '-XX:TieredStopAtLevel=1', '-cp'] as [string, ...string[]]),
            ...[`${join(installed, 'classes')}:${join(installed, 'lib', '*')}`, 'local.Registry'],
            ...options.map(([name, value]) => `--${name}=${value}`),
          ],
        },
      ],
      ready: () => answersOk(`${url}/apps`, { accept: 'application/json' }),
      readyWithinMs: 180_000,
    };
  },
};
