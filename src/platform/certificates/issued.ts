import type { Authority } from './authority.ts';
import type { CredentialSource } from './port.ts';

/** Credentials that an authority at hand makes, each time anew. `alsoBelieved` are authorities beside it, in PEM. */
export function issuedCredentials(
  authority: Authority,
  { uri, lifetimeMs, now, alsoBelieved = '' }: IssuedOptions,
): CredentialSource {
  return {
    async obtain() {
      const pair = await authority.issue(uri, now(), lifetimeMs);
      return { ...pair, authorities: `${authority.certificate}${alsoBelieved}` };
    },
    watch: () => () => undefined,
  };
}

export interface IssuedOptions {
  readonly uri: string;
  readonly lifetimeMs: number;
  /** In ms since 1970. */
  readonly now: () => number;
  readonly alsoBelieved?: string;
}
