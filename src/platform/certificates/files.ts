import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import type { Clock } from '../clock/port.ts';
import type { CredentialSource, Credentials } from './port.ts';

/** Where somebody else (step-ca, cert-manager, Vault) keeps a process's credentials up to date; PEM, the leaf first. */
export interface CredentialFiles {
  readonly certificates: string;
  readonly key: string;
  readonly authorities: string;
}

/** How often the files are looked at. Looking is understood by every file system; notices of changes are not, nor through links. */
const LOOK_MS = 2_000;

/** Credentials that lie in files. They are read anew whenever what is in them has changed; missing ones are not to be had yet. */
export function fileCredentials(files: CredentialFiles, clock: Clock, lookMs = LOOK_MS): CredentialSource {
  const read = async (): Promise<Credentials | undefined> => {
    try {
      const [certificates, key, authorities] = await Promise.all(
        [files.certificates, files.key, files.authorities].map((file) => readFile(file, 'utf8')),
      );
      return { certificates: certificates ?? '', key: key ?? '', authorities: authorities ?? '' };
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
      throw error;
    }
  };
  return {
    obtain: read,
    watch(changed) {
      let seen: string | undefined;
      let cancel = () => {};
      let closed = false;
      const look = async () => {
        const mark = await read().then(markOf, (error: Error) => error.message);
        if (closed) return;
        if (seen !== undefined && mark !== seen) changed();
        seen = mark;
        cancel = clock.after(lookMs, () => void look());
      };
      void look();
      return () => {
        closed = true;
        cancel();
      };
    },
  };
}

/** Keys are not kept for comparing. */
function markOf(credentials: Credentials | undefined): string {
  if (credentials === undefined) return 'none';
  const { certificates, key, authorities } = credentials;
  return createHash('sha256').update(`${certificates}\0${key}\0${authorities}`).digest('base64');
}
