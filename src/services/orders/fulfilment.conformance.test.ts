import { sagaConformance } from '../../platform/sagas/saga-conformance.ts';
import { type FaultyShop, faultyShop, type Story, shopSuite } from '../faulty-shop-harness.ts';

const SINGLES = 0.15;
const reason = { code: 'order_cancelled', detail: 'The shop cancelled the order.' };

const suiteOf = (name: string, story: Story) => ({
  ...shopSuite,
  name,
  open: (clock: Parameters<typeof faultyShop>[0]) => faultyShop(clock, story),
});
const ship = (shop: FaultyShop, seller: string) => {
  const now = shop.clock.now();
  return shop.decide({ type: 'ship', shipmentId: `shm-${seller}`, parcelId: shop.parcelOf(seller), now });
};
const cancel = (shop: FaultyShop) =>
  shop.decide({ type: 'cancel', by: 'admin', cancellationId: 'cxl-1', reason, now: shop.clock.now() });

sagaConformance(
  suiteOf('what is shipped is captured and booked, the rest cancelled', {
    prepare: (shop) => shop.buy(),
    async act(shop) {
      await ship(shop, 'potter');
      await cancel(shop);
    },
  }),
  SINGLES,
);

sagaConformance(
  suiteOf('a confirmed order is cancelled: the money let go, the stock back', {
    prepare: (shop) => shop.buy(),
    act: cancel,
  }),
  SINGLES,
  // What the subscription had committed without knowing it was handled once more, and became a case.
  ['commit of payments #1: fate long unknown, done'],
);

sagaConformance(
  suiteOf('a cancellation asked for during the checkout', {
    async act(shop) {
      await shop.place();
      await cancel(shop);
      await shop.told();
    },
  }),
  SINGLES,
);

sagaConformance(
  suiteOf('what was shipped is paid back', {
    async prepare(shop) {
      await shop.buy();
      await ship(shop, 'potter');
      await ship(shop, 'weaver');
    },
    act: (shop) =>
      shop.decide({
        type: 'refund',
        refundId: 'rfd-1',
        lines: [{ sku: 'cup', quantity: 2 }],
        now: shop.clock.now(),
      }),
  }),
  SINGLES,
);
