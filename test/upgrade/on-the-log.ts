import { upgradeUnderLoad } from './rolling.ts';

upgradeUnderLoad('log');
