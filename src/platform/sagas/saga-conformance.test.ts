import { sagaConformance } from './saga-conformance.ts';
import { syntheticSuite, syntheticWorld } from './synthetic-saga-harness.ts';

const suite = { ...syntheticSuite, open: syntheticWorld };

sagaConformance({ ...suite, name: 'three steps, three services' }, 0.002);
sagaConformance(
  { ...suite, name: 'the second step is refused', always: [{ point: 'pay.do #1', fault: 'rejected' }] },
  0.002,
);
sagaConformance(
  { ...suite, name: 'the last step never answers', always: [{ point: 'enrol.do #1', fault: 'silent' }] },
  0.002,
);
