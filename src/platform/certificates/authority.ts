import 'reflect-metadata';
import { webcrypto } from 'node:crypto';
import {
  AuthorityKeyIdentifierExtension,
  BasicConstraintsExtension,
  ExtendedKeyUsage,
  ExtendedKeyUsageExtension,
  type Extension,
  KeyUsageFlags,
  KeyUsagesExtension,
  PemConverter,
  SubjectAlternativeNameExtension,
  SubjectKeyIdentifierExtension,
  X509Certificate,
  X509CertificateGenerator,
} from '@peculiar/x509';
import type { KeyPair } from './port.ts';

/** Vouches for processes. */
export interface Authority {
  /** Its own certificate, in PEM: what others must believe. */
  readonly certificate: string;
  /** A new key, and a certificate that says it is `uri`, valid from a little before `now` for `lifetimeMs`. */
  issue(uri: string, now: number, lifetimeMs: number): Promise<KeyPair>;
}

/** P-256: what every proxy takes, and quick to sign with. */
const KEY = { name: 'ECDSA', namedCurve: 'P-256' } as const;
const SIGNING = { name: 'ECDSA', hash: 'SHA-256' } as const;
/** Of a clock that is behind ours. */
const TOLERANCE_MS = 5 * 60_000;
const SERIAL_BYTES = 16;

/** A new authority that holds for `lifetimeMs` from `now`, as what `openAuthority` opens. It vouches for processes, not for others like itself. */
export async function createAuthority(name: string, now: number, lifetimeMs: number): Promise<KeyPair> {
  const keys = await webcrypto.subtle.generateKey(KEY, true, ['sign', 'verify']);
  const certificate = await X509CertificateGenerator.createSelfSigned(
    {
      ...{ name: `CN=${name}`, keys, signingAlgorithm: SIGNING, serialNumber: serial() },
      ...validity(now, lifetimeMs),
      extensions: [
        new BasicConstraintsExtension(true, 0, true),
        new KeyUsagesExtension(KeyUsageFlags.keyCertSign | KeyUsageFlags.cRLSign, true),
        await SubjectKeyIdentifierExtension.create(keys.publicKey, false, webcrypto as Crypto),
      ],
    },
    webcrypto as Crypto,
  );
  return { certificates: lines(certificate.toString('pem')), key: await pemOf(keys.privateKey) };
}

/** Throws when the pair cannot be read. */
export async function openAuthority({ certificates, key }: KeyPair): Promise<Authority> {
  const own = new X509Certificate(certificates);
  const pkcs8 = PemConverter.decodeFirst(key);
  const signingKey = await webcrypto.subtle.importKey('pkcs8', pkcs8, KEY, false, ['sign']);
  const voucher = await AuthorityKeyIdentifierExtension.create(own, false, webcrypto as Crypto);
  return {
    certificate: lines(own.toString('pem')),
    async issue(uri, now, lifetimeMs) {
      const keys = await webcrypto.subtle.generateKey(KEY, true, ['sign', 'verify']);
      const extensions: Extension[] = [
        new BasicConstraintsExtension(false, undefined, true),
        new KeyUsagesExtension(KeyUsageFlags.digitalSignature, true),
        new ExtendedKeyUsageExtension([ExtendedKeyUsage.serverAuth, ExtendedKeyUsage.clientAuth]),
        // Without a subject the alternative name is all there is, and critical (RFC 5280, section 4.2.1.6).
        new SubjectAlternativeNameExtension([{ type: 'url', value: uri }], true),
        voucher,
      ];
      const certificate = await X509CertificateGenerator.create(
        {
          ...{ subject: '', issuer: own.subject, publicKey: keys.publicKey, signingKey, extensions },
          ...{ signingAlgorithm: SIGNING, serialNumber: serial() },
          ...validity(now, lifetimeMs),
        },
        webcrypto as Crypto,
      );
      return { certificates: lines(certificate.toString('pem')), key: await pemOf(keys.privateKey) };
    },
  };
}

function validity(now: number, lifetimeMs: number) {
  return { notBefore: new Date(now - TOLERANCE_MS), notAfter: new Date(now + lifetimeMs) };
}

function serial(): string {
  const bytes = webcrypto.getRandomValues(new Uint8Array(SERIAL_BYTES));
  // A positive number whose length does not depend on chance.
  bytes[0] = ((bytes[0] ?? 0) & 0x3f) | 0x40;
  return Buffer.from(bytes).toString('hex');
}

async function pemOf(key: webcrypto.CryptoKey): Promise<string> {
  return lines(PemConverter.encode(await webcrypto.subtle.exportKey('pkcs8', key), 'PRIVATE KEY'));
}

function lines(pem: string): string {
  return pem.endsWith('\n') ? pem : `${pem}\n`;
}
