import { createPrivateKey, X509Certificate } from 'node:crypto';
import type { Credentials, Identity } from './port.ts';

/** Who the first of the certificates speaks for. Throws when it cannot be read. */
export function identityOf(certificates: string): Identity {
  const leaf = new X509Certificate(certificates);
  const uri = /(?:^|, )URI:([^,]+)/.exec(leaf.subjectAltName ?? '')?.[1];
  return { uri, notBefore: Date.parse(leaf.validFrom), notAfter: Date.parse(leaf.validTo) };
}

/**
 * Why credentials must not be used, as half a sentence; undefined when they may. Files that are replaced one after the other do not
 * fit each other in between.
 */
export function faultIn({ certificates, key, authorities }: Credentials, uri: string, now: number): string | undefined {
  try {
    const leaf = new X509Certificate(certificates);
    if (!leaf.checkPrivateKey(createPrivateKey(key))) return 'the key is not that of the certificate';
    const identity = identityOf(certificates);
    if (identity.uri !== uri) return `the certificate speaks for ${identity.uri ?? 'nobody'} and not for ${uri}`;
    if (identity.notAfter <= now) return `the certificate has expired on ${new Date(identity.notAfter).toISOString()}`;
    if (!/-----BEGIN CERTIFICATE-----/.test(authorities)) return 'there is no authority to believe';
    return undefined;
  } catch (error) {
    return `they cannot be read (${(error as Error).message})`;
  }
}
