import { faultsAsTests } from '../faults/as-tests.ts';
import { ofProcesses } from '../faults/microservices.ts';

faultsAsTests('microservices', ofProcesses);
