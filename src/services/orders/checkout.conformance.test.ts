import { sagaConformance } from '../../platform/sagas/saga-conformance.ts';
import { faultyShop, shopSuite } from '../faulty-shop-harness.ts';

const suite = {
  ...shopSuite,
  open: (clock: Parameters<typeof faultyShop>[0]) => faultyShop(clock, { act: (shop) => shop.buy() }),
};

sagaConformance({ ...suite, name: 'checkout' }, 0.002);
