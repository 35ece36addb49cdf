import { storageConformance } from './conformance.ts';
import { ORDERS } from './conformance-open.ts';
import { memoryStorage } from './memory.ts';

storageConformance('memory', async () => {
  let now = 1_700_000_000_000;
  const storage = memoryStorage({
    name: 'shop',
    clock: { now: () => now, after: () => () => {} },
    collections: [ORDERS],
  });
  return {
    storage,
    outbox: async (types) => storage.outbox(types),
    async passTime(ms) {
      now += ms;
    },
    drop: () => storage.close(),
  };
});
