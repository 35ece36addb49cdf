import { existsSync, mkdirSync, readFileSync, renameSync } from 'node:fs';
import { join } from 'node:path';
import { type Authority, createAuthority, openAuthority } from '../../platform/certificates/authority.ts';
import { identityOf } from '../../platform/certificates/identity.ts';
import { SetupFault } from '../fault.ts';
import { writeWhole } from '../write-whole.ts';

/** The authority of the shops on one data folder, and one before it that is still believed. */
export interface ShopAuthority {
  readonly authority: Authority;
  /** In PEM; empty where there is none. */
  readonly alsoBelieved: string;
}

const DAY_MS = 86_400_000;
const LIFETIME_MS = 730 * DAY_MS;
/** Another one follows while certificates of the last one still hold. */
const FOLLOWED_MS = 30 * DAY_MS;

/**
 * The authority that is kept in `folder`, made at the first time, and another one when its end is near. For development and for a shop on
 * one machine: whoever has several brings certificates. Throws a SetupFault.
 */
export async function shopAuthority(folder: string, name: string, now: number): Promise<ShopAuthority> {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const [certificateFile, keyFile, beforeFile] = ['ca.crt', 'ca.key', 'ca-before.crt'].map((file) =>
    join(folder, file),
  ) as [string, string, string];
  const isKept = existsSync(certificateFile) && existsSync(keyFile);
  const endsSoon = isKept && endOf(certificateFile) < now + FOLLOWED_MS;
  if (endsSoon) renameSync(certificateFile, beforeFile);
  if (!isKept || endsSoon) {
    const made = await createAuthority(name, now, LIFETIME_MS);
    writeWhole(keyFile, made.key);
    writeWhole(certificateFile, made.certificates);
  }
  const isBelieved = existsSync(beforeFile) && endOf(beforeFile) > now;
  try {
    const pair = { certificates: readFileSync(certificateFile, 'utf8'), key: readFileSync(keyFile, 'utf8') };
    return { authority: await openAuthority(pair), alsoBelieved: isBelieved ? readFileSync(beforeFile, 'utf8') : '' };
  } catch (error) {
    throw new SetupFault(
      `The authority in ${folder} cannot be read (${(error as Error).message}): remove the folder, and the next start makes another one.`,
    );
  }
}

function endOf(file: string): number {
  try {
    return identityOf(readFileSync(file, 'utf8')).notAfter;
  } catch {
    return 0;
  }
}
