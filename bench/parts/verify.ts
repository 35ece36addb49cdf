import type { Part } from '../part.ts';
import { caughtUp } from '../settled.ts';

/** Whether everything still holds after the loads: `jangteo verify` beside the open shop. */
export const verifyPart: Part = {
  name: 'verify',
  takes: ({ seconds }) => 5 + seconds,
  async measure(run) {
    const shop = await run.shop();
    await caughtUp(shop);
    run.progress('jangteo verify');
    const from = performance.now();
    const violations = await shop.verify();
    const seconds = ((performance.now() - from) / 1_000).toFixed(1);
    const note = violations.length === 0 ? `in ${seconds} s` : violations.slice(0, 3).join('; ');
    return [{ name: 'violations found by verify', value: violations.length, unit: '', bar: { atMost: 0 }, note }];
  },
};
