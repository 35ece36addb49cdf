import type { Rejection } from '../../kernel/rejection.ts';
import { type Act, type Case, changesOf } from './port.ts';

/** Why an act is refused on a case that somebody else has changed since it was seen; undefined when nobody has. */
export function changedSince(found: Case, { revision: seen }: Act): Rejection | undefined {
  const changes = changesOf(found);
  if (seen === undefined || seen === changes.length) return undefined;
  const { by, act, at } = changes.at(-1) ?? { by: 'nobody', act: 'admitted', at: found.openedAt };
  const detail = `The case was last ${act} by ${by}, after you read it: nothing was done. Look at it again.`;
  return { code: 'case_changed', detail, extra: { revision: changes.length, by, act, at } };
}
