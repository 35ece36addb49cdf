import type { Part } from '../part.ts';
import { benchHome, startBenchShop } from '../shop.ts';

/** How long a shop takes from the start of its process to its first answer of `/readyz`. */
export const startsPart: Part = {
  name: 'starts',
  takes: () => 12,
  async measure(run) {
    const home = await benchHome();
    try {
      run.progress('first start: databases made, sample catalogue loaded');
      const first = await startBenchShop(home.path);
      await first.stop();
      run.progress('second start');
      const second = await startBenchShop(home.path);
      await second.stop();
      return [
        {
          name: 'first start',
          value: first.startMs / 1_000,
          unit: 's',
          note: 'databases made, sample catalogue loaded',
        },
        { name: 'second start', value: second.startMs / 1_000, unit: 's' },
      ];
    } finally {
      await home.discard();
    }
  },
};
