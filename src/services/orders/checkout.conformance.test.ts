import { sagaConformance } from '../../platform/sagas/saga-conformance.ts';
import { faultyShop, shopSuite } from '../faulty-shop-harness.ts';

const suite = {
  ...shopSuite,
  open: (clock: Parameters<typeof faultyShop>[0]) => faultyShop(clock, { act: (shop) => shop.buy() }),
};

sagaConformance({ ...suite, name: 'checkout' }, 0.4, [
  // Inventory did not answer when the shop had come to life again: the authorisation of its earlier life stayed.
  'commit of orders #2: crash before; inventory.reserve #2: silent',
]);
