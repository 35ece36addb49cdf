import { busConformance } from './conformance.ts';
import { brokerConformance } from './conformance-broker.ts';
import { kafkaUnderTest } from './kafka-broker-harness.ts';

const address = process.env.JANGTEO_TEST_KAFKA;
if (address === undefined) throw new Error('JANGTEO_TEST_KAFKA names no broker: run it through npm run test:engines');

busConformance('Kafka', () => kafkaUnderTest([address]));
brokerConformance('Kafka', () => kafkaUnderTest([address]));
