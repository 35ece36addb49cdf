import { keptSecrets, type Secrets } from './home.ts';
import type { Settings } from './settings.ts';

/** What all processes of a shop share: the environment's secrets go before those that are kept in the data folder. */
export function sharedSecrets(settings: Settings): Secrets & { readonly made: boolean } {
  const kept = keptSecrets(settings.home);
  const { adminToken, capabilitySecret, masterKey, rolePasswordSeed } = settings;
  return {
    made: kept.made,
    adminToken: adminToken ?? kept.adminToken,
    capabilitySecret: capabilitySecret ?? kept.capabilitySecret,
    masterKey: masterKey === undefined ? kept.masterKey : Buffer.from(masterKey).toString('base64'),
    rolePasswordSeed: rolePasswordSeed ?? kept.rolePasswordSeed,
  };
}
