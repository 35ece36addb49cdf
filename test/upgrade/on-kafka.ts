import { upgradeUnderLoad } from './rolling.ts';

upgradeUnderLoad('kafka');
