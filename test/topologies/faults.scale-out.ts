import { faultsAsTests } from '../faults/as-tests.ts';
import { faults } from '../faults/scale-out.ts';

faultsAsTests('scale-out', faults);
