import { join, resolve } from 'node:path';
import { fileCredentials } from '../../platform/certificates/files.ts';
import { issuedCredentials } from '../../platform/certificates/issued.ts';
import type { CredentialSource } from '../../platform/certificates/port.ts';
import type { Clock } from '../../platform/clock/port.ts';
import type { Environment } from '../settings.ts';
import { addressFrom } from '../topology/addresses.ts';
import { DEFAULT_CERTIFICATE_HOURS, type Sidecars } from '../topology/sidecars.ts';

const HOUR_MS = 3_600_000;

/** Where each replica's certificates come from: files that somebody else keeps, else the authority in `home`, opened when it is needed. */
export async function credentialsOf(
  { certificates, certificateHours = DEFAULT_CERTIFICATE_HOURS }: Sidecars,
  world: { readonly shop: string; readonly home: string; readonly env: Environment; readonly clock: Clock },
): Promise<(replica: string, uri: string) => CredentialSource> {
  const { shop, home, env, clock } = world;
  if (certificates !== undefined) {
    const folder = resolve(addressFrom(certificates, env, 'sidecars/certificates'));
    return (replica) => fileCredentials(filesIn(join(folder, replica)), clock);
  }
  const { shopAuthority } = await import('./shop-authority.ts');
  const { authority, alsoBelieved } = await shopAuthority(join(home, 'authority'), shop, clock.now());
  const lifetimeMs = certificateHours * HOUR_MS;
  return (_replica, uri) => issuedCredentials(authority, { uri, lifetimeMs, now: clock.now, alsoBelieved });
}

/** As cert-manager and others name them. */
export function filesIn(folder: string) {
  return { certificates: join(folder, 'tls.crt'), key: join(folder, 'tls.key'), authorities: join(folder, 'ca.crt') };
}
