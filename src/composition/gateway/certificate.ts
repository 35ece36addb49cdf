import { readFileSync, unwatchFile, watchFile } from 'node:fs';
import type { Server as SecureServer } from 'node:https';
import { createSecureContext } from 'node:tls';
import type { Logger } from '../../platform/telemetry/port.ts';
import { SetupFault } from '../fault.ts';

/** Files in PEM. */
export interface Certificate {
  readonly certificateFile: string;
  readonly keyFile: string;
}

/** What is in the files. */
interface Pair {
  readonly cert: Buffer;
  readonly key: Buffer;
}

const LOOK_MS = 2_000;

/** Reads a certificate and its key, and tries them. Throws a SetupFault when they cannot be read, are none, or do not belong together. */
export function readCertificate({ certificateFile, keyFile }: Certificate): Pair {
  const wayOut = `put the certificate, followed by those that vouch for it, into ${certificateFile} and its key into ${keyFile}, both in PEM`;
  let pair: Pair;
  try {
    pair = { cert: readFileSync(certificateFile), key: readFileSync(keyFile) };
  } catch (error) {
    throw new SetupFault(`The gateway’s certificate cannot be read (${(error as Error).message}): ${wayOut}.`);
  }
  try {
    createSecureContext(pair);
    return pair;
  } catch (error) {
    throw new SetupFault(
      `The gateway’s certificate and key cannot be used, or not together (${(error as Error).message}): ${wayOut}.`,
    );
  }
}

/**
 * Shows files that are renewed to whoever connects next. They may change one after the other: a pair that cannot be used changes
 * nothing, and the next change is tried again. The returned function ends it.
 */
export function followCertificate(
  server: SecureServer,
  { files, shown, logger, lookMs = LOOK_MS }: Following,
): () => void {
  let inUse = shown;
  const renew = () => {
    try {
      const next = readCertificate(files);
      if (next.cert.equals(inUse.cert) && next.key.equals(inUse.key)) return;
      server.setSecureContext(next);
      inUse = next;
      logger.info({ file: files.certificateFile }, 'the certificate was renewed');
    } catch (error) {
      logger.warn({ why: (error as Error).message }, 'the new certificate cannot be used; the old one goes on');
    }
  };
  const watched = [files.certificateFile, files.keyFile];
  // Looked at by time and size: mounted secrets are replaced, not written.
  for (const file of watched) watchFile(file, { interval: lookMs, persistent: false }, renew);
  return () => {
    for (const file of watched) unwatchFile(file, renew);
  };
}

interface Following {
  readonly files: Certificate;
  /** What the server was made with. */
  readonly shown: Pair;
  readonly logger: Pick<Logger, 'info' | 'warn'>;
  /** How often the files are looked at, in ms. Default 2,000. */
  readonly lookMs?: number;
}
