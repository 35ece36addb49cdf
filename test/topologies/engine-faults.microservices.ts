import { faultsAsTests } from '../faults/as-tests.ts';
import { ofEngines } from '../faults/microservices.ts';

faultsAsTests('microservices', ofEngines);
