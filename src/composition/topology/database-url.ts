import type { Environment, Settings } from '../settings.ts';
import type { Topology } from '../topology.ts';
import { addressFrom } from './addresses.ts';

/** Settings with the database that a topology names; DATABASE_URL goes before it. Throws a SetupFault. */
export function withDatabaseOf({ engines }: Pick<Topology, 'engines'>, settings: Settings, env: Environment): Settings {
  const named = engines?.database?.url;
  if (settings.databaseUrl !== undefined || named === undefined) return settings;
  return { ...settings, databaseUrl: addressFrom(named, env, 'engines/database/url') };
}
