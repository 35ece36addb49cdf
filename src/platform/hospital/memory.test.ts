import { systemClock } from '../clock/system.ts';
import { memoryStorage } from '../storage/memory.ts';
import { hearerCollections } from '../subscriptions/two-services-spec.ts';
import { hospitalConformance } from './conformance.ts';

hospitalConformance('memory', async () => ({
  storage: memoryStorage({ name: 'hearer', clock: systemClock, collections: hearerCollections }),
  async drop() {},
}));
