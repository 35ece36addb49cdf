import type { Availability } from '../../../contracts/catalog.ts';

/** Availability as a number, the better the higher. */
const LEVELS: readonly Availability[] = ['out_of_stock', 'low_stock', 'in_stock'];

/** Its number. */
export function levelOf(availability: Availability): number {
  return LEVELS.indexOf(availability);
}

/** What a number stands for; one that is none is out of stock. */
export function availabilityOf(level: number): Availability {
  return LEVELS[level] ?? 'out_of_stock';
}
