import { virtualClock } from '../clock/virtual.ts';
import { sessionStoreConformance } from './conformance.ts';
import { memorySessions } from './memory.ts';

sessionStoreConformance('memory', async () => {
  const clock = virtualClock();
  return { replicas: [memorySessions(clock)], pass: (ms) => clock.advance(ms), close: async () => {} };
});
