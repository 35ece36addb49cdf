import { faultsAsTests } from '../faults/as-tests.ts';
import { faults } from '../faults/microservices.ts';

faultsAsTests('microservices', faults);
