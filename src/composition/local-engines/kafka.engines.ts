import { Admin, ProduceAcks, Producer } from '@platformatic/kafka';
import { launcherConformance } from './launcher-conformance.ts';
import { startEngine } from './start.ts';

const TOPIC = 'kept';
const NEWEST = -1n;

launcherConformance('kafka', (options) => startEngine('kafka', options), {
  async put({ url }) {
    const producer = new Producer({ clientId: 'test', bootstrapBrokers: [url], autocreateTopics: true });
    await producer.send({ messages: [{ topic: TOPIC, value: Buffer.from('kept') }], acks: ProduceAcks.ALL });
    await producer.close();
  },
  async holds({ url }) {
    const admin = new Admin({ clientId: 'test', bootstrapBrokers: [url] });
    const partitions = [{ partitionIndex: 0, timestamp: NEWEST }];
    const [topic] = await admin.listOffsets({ topics: [{ name: TOPIC, partitions }] });
    await admin.close();
    return (topic?.partitions[0]?.offset ?? 0n) > 0n;
  },
});
