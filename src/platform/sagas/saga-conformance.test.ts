import { sagaConformance } from './saga-conformance.ts';
import { syntheticSuite, syntheticWorld } from './synthetic-saga-harness.ts';

const suite = { ...syntheticSuite, open: syntheticWorld };

sagaConformance({ ...suite, name: 'three steps, three services' }, 0.3, [
  // A record of the runner whose fate is known late only: the run stopped until the next start.
  'commit of hold #1: unavailable; commit of runner #2: fate long unknown, done',
  'commit of pay #1: crash after, long dead; commit of runner #5: fate long unknown, done',
  // A step that the process before the crash had done further on was never undone.
  'commit of enrol #1: crash before; asking.one #4: silent',
  'commit of runner #2: crash before, long dead; asking.one #4: deaf',
]);
sagaConformance(
  { ...suite, name: 'the second step is refused', always: [{ point: 'pay.do #1', fault: 'rejected' }] },
  0.3,
  // The first question was still on its way when the second was refused.
  ['asking.one #2: asked late', 'asking.one #2: asked very late'],
);
sagaConformance(
  { ...suite, name: 'the last step never answers', always: [{ point: 'enrol.do #1', fault: 'silent' }] },
  0.1,
);
