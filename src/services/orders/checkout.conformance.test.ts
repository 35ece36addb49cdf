import { sagaConformance } from '../../platform/sagas/saga-conformance.ts';
import { faultyShop, shopSuite } from '../faulty-shop-harness.ts';

const suite = {
  ...shopSuite,
  open: (clock: Parameters<typeof faultyShop>[0]) => faultyShop(clock, { act: (shop) => shop.buy() }),
};

sagaConformance({ ...suite, name: 'checkout' }, 0.4, [
  // The stock had gone back when the shop came to life again: the authorisation stayed.
  'commit of orders #2: crash before, long dead',
]);
