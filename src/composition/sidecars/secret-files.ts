import { mkdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { CredentialSink } from '../../platform/certificates/port.ts';
import { writeWhole } from '../write-whole.ts';
import { authoritiesSecret, ownSecret } from './envoy-tls.ts';
import type { MutualTls } from './plan.ts';

/** Where the proxy beside a replica reads its certificate; readable by their owner alone. */
export interface SecretFiles extends Pick<MutualTls, 'ownFile' | 'authoritiesFile'> {
  readonly sink: CredentialSink;
}

/** The files below a folder, which is made. Each is replaced as a whole, for Envoy reads it at the moment it is moved to its place. */
export function secretFiles(folder: string): SecretFiles {
  const place = resolve(folder);
  mkdirSync(place, { recursive: true, mode: 0o700 });
  const [ownFile, authoritiesFile] = [join(place, 'own.json'), join(place, 'authorities.json')];
  let believed: string | undefined;
  return {
    ownFile,
    authoritiesFile,
    sink({ authorities, ...own }) {
      // Who is believed comes first, so that nobody shows a certificate that he himself would not believe.
      if (authorities !== believed) writeWhole(authoritiesFile, authoritiesSecret(authorities));
      believed = authorities;
      writeWhole(ownFile, ownSecret(own));
    },
  };
}
