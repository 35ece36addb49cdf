import type { Static, TSchema } from 'typebox';
import { Value } from 'typebox/value';

/** Settings do not fit what the service or integration takes; the message says where. */
export class WrongSettings extends Error {
  override readonly name = 'WrongSettings';
}

/** Settings from a topology with their defaults, checked. Throws a WrongSettings. */
export function settingsOf<Schema extends TSchema>(
  schema: Schema,
  given: Readonly<Record<string, unknown>>,
): Static<Schema> {
  const settings = Value.Default(schema, { ...given });
  const [error] = Value.Errors(schema, settings);
  if (error === undefined) return settings as Static<Schema>;
  throw new WrongSettings(`${error.instancePath || 'they'} ${error.message}`);
}
