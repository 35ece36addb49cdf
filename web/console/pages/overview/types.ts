import type { paths } from '../../../generated/console.ts';

export type Overview = paths['/console/api/overview']['get']['responses'][200]['content']['application/json'];
