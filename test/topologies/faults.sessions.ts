import { faultsAsTests } from '../faults/as-tests.ts';
import { adapt, faults } from '../faults/sessions.ts';

faultsAsTests('sessions', faults, adapt);
