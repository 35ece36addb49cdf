import { withoutPassword } from '../shown-address.ts';
import type { Engine } from './growth.ts';

/** The database of a topology that names none. */
export const BUILT_IN: Engine = { start: true };

/** Where an engine of a topology comes from, in words. */
export function engineText({ start, url, mode, port, memoryMb }: Engine): string {
  const from = start === true ? 'started on this machine' : `at ${withoutPassword(url ?? 'no address')}`;
  const extras = [
    mode === undefined ? '' : mode,
    port === undefined ? '' : `port ${port}`,
    memoryMb === undefined ? '' : `${memoryMb} MB`,
  ].filter((each) => each !== '');
  return [from, ...extras].join(', ');
}
