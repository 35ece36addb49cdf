import { randomBytes } from 'node:crypto';
import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { HOST, listens } from './addresses.ts';
import { mavenLibraries } from './install/maven.ts';
import { runTool } from './install/run-tool.ts';
import { smallJvm } from './java-options.ts';
import type { Engine, Ports } from './port.ts';
import { versions } from './versions.ts';

const DEFAULT_MEMORY_MB = 256;

/** One broker that is its own controller (KRaft). Durable acks are one disk's here. */
export const engine: Engine = {
  name: 'kafka',
  about: 'the bus: one broker',
  recipe: {
    version: versions.kafka,
    java: 17,
    // The POM names kafka-tools-api, which nobody has published.
    build: (folder) =>
      mavenLibraries(folder, [
        { id: `org.apache.kafka:kafka_2.13:${versions.kafka}`, exclude: ['org.apache.kafka:kafka-tools-api'] },
        { id: `org.slf4j:slf4j-simple:${versions.slf4jOfKafka}` },
      ]),
    byHand: 'install Java 17 or newer and Maven, and `jangteo engines install kafka` brings it',
  },
  port: 9092,
  ports: ['main', 'controller'],
  async plan({ ports, folder, installed, java, memoryMb = DEFAULT_MEMORY_MB, settings }) {
    const data = join(folder, 'data');
    const properties = join(folder, 'server.properties');
    const lines = Object.entries({ ...brokerSettings(ports, data), ...settings });
    writeFileSync(properties, `${lines.map(([name, value]) => `${name}=${value}`).join('\n')}\n`);
    const command = [
      ...[java, ...smallJvm(memoryMb), '-Dorg.slf4j.simpleLogger.defaultLogLevel=warn'],
      ...['-cp', join(installed, 'lib', '*')],
    ] as const;
    if (!existsSync(join(data, 'meta.properties'))) {
      const id = randomBytes(16).toString('base64url');
      // By its long name and `=`: an id may begin with a dash.
      const format = [
        'kafka.tools.StorageTool',
        'format',
        '--ignore-formatted',
        `--cluster-id=${id}`,
        '-c',
        properties,
      ];
      await runTool([java, ...command.slice(1), ...format], { folder });
    }
    return {
      url: `${HOST}:${ports.main}`,
      processes: [{ name: 'broker', command: [java, ...command.slice(1), 'kafka.Kafka', properties] }],
      ready: () => listens(ports.main),
      readyWithinMs: 120_000,
    };
  },
};

function brokerSettings(ports: Ports, data: string): Readonly<Record<string, string | number>> {
  return {
    'process.roles': 'broker,controller',
    'node.id': 1,
    'controller.quorum.voters': `1@${HOST}:${ports.controller}`,
    listeners: `PLAINTEXT://${HOST}:${ports.main},CONTROLLER://${HOST}:${ports.controller}`,
    'advertised.listeners': `PLAINTEXT://${HOST}:${ports.main}`,
    'controller.listener.names': 'CONTROLLER',
    'listener.security.protocol.map': 'PLAINTEXT:PLAINTEXT,CONTROLLER:PLAINTEXT',
    'log.dirs': data,
    'num.partitions': 1,
    'offsets.topic.num.partitions': 1,
    'offsets.topic.replication.factor': 1,
    'transaction.state.log.num.partitions': 1,
    'transaction.state.log.replication.factor': 1,
    'transaction.state.log.min.isr': 1,
    'share.coordinator.state.topic.num.partitions': 1,
    'share.coordinator.state.topic.replication.factor': 1,
    'share.coordinator.state.topic.min.isr': 1,
    'group.initial.rebalance.delay.ms': 0,
    'log.cleaner.dedupe.buffer.size': 16_777_216,
  };
}
