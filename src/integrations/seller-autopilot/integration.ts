import { Type } from 'typebox';
import { orders } from '../../contracts/orders.ts';
import { LIMITS } from '../../contracts/shapes.ts';
import type { Client, Contract } from '../../kernel/contract.ts';
import type { IntegrationDefinition, IntegrationKit } from '../../platform/service/port.ts';
import { settingsOf } from '../../platform/service/settings.ts';

const Settings = Type.Object({
  enabled: Type.Boolean({ default: true }),
  /** How long after its confirmation a seller ships, in ms. */
  shipAfterMs: Type.Integer({ minimum: 0, default: 2_000 }),
  /** How often it looks, in ms. */
  everyMs: Type.Integer({ minimum: 50, default: 1_000 }),
});

export const sellerAutopilot = { service: 'seller-autopilot', calls: {}, events: {} } as const satisfies Contract;

/** Sellers for a demonstration: they ship what waits for them by themselves, so that a newcomer sees the whole journey. */
export const sellerAutopilotIntegration: IntegrationDefinition<typeof sellerAutopilot> = {
  contract: sellerAutopilot,
  start(kit) {
    const { enabled, shipAfterMs, everyMs } = settingsOf(Settings, kit.settings);
    return enabled ? { handlers: {}, stop: keepShipping(kit, shipAfterMs, everyMs) } : { handlers: {} };
  },
};

/** Ships what has waited long enough: one page of orders. Answers how many parcels it shipped. */
export async function shipWhatIsDue(
  shop: Pick<Client<typeof orders>, 'toShip' | 'ship'>,
  confirmedBefore: number,
): Promise<number> {
  const waiting = await shop.toShip({ limit: LIMITS.pageSize });
  if (waiting.kind !== 'done') return 0;
  let shipped = 0;
  for (const { orderId, parcelIds, confirmedAt } of waiting.answer.orders) {
    if (confirmedAt > confirmedBefore) continue;
    for (const parcelId of parcelIds) {
      const outcome = await shop.ship({ orderId, parcelId });
      if (outcome.kind === 'done') shipped += 1;
    }
  }
  return shipped;
}

function keepShipping(
  { client, clock, logger }: IntegrationKit,
  shipAfterMs: number,
  everyMs: number,
): () => Promise<void> {
  const shop = client(orders);
  let stopped = false;
  let underWay: Promise<unknown> = Promise.resolve();
  let cancel = () => {};
  const later = (delayMs: number) => {
    if (stopped) return;
    cancel = clock.after(delayMs, () => {
      underWay = shipWhatIsDue(shop, clock.now() - shipAfterMs)
        .catch((error) => {
          logger.warn({ err: error }, 'the autopilot could not ship; it tries again');
          return 0;
        })
        .then((shipped) => later(shipped >= LIMITS.pageSize ? 0 : everyMs));
    });
  };
  later(everyMs);
  return async () => {
    stopped = true;
    cancel();
    await underWay;
  };
}
