import { dirname } from 'node:path';
import { extension, typed } from '../balancers/envoy-words.ts';
import type { MutualTls } from './plan.ts';

/** The names under which Envoy asks for its certificate, and for those whom it believes. */
const OWN = 'own';
const AUTHORITIES = 'authorities';

/** TLS in which each side shows a certificate of the shop's, and only `accepted` are let through. */
export function showing(side: 'downstream' | 'upstream', mtls: MutualTls, accepted: readonly string[]): object {
  const common = {
    // Whoever asks would end at 1.2 by default.
    tls_params: { tls_minimum_protocol_version: 'TLSv1_3', tls_maximum_protocol_version: 'TLSv1_3' },
    alpn_protocols: ['http/1.1'],
    tls_certificate_sds_secret_configs: [followed(OWN, mtls.ownFile)],
    combined_validation_context: {
      default_validation_context: {
        match_typed_subject_alt_names: accepted.map((uri) => ({ san_type: 'URI', matcher: { exact: uri } })),
      },
      validation_context_sds_secret_config: followed(AUTHORITIES, mtls.authoritiesFile),
    },
  };
  // A resumed session would be let in by what its certificate was when it began.
  if (side === 'upstream')
    return extension('tls', 'extensions.transport_sockets.tls.v3.UpstreamTlsContext', {
      common_tls_context: common,
      max_session_keys: 0,
    });
  return extension('tls', 'extensions.transport_sockets.tls.v3.DownstreamTlsContext', {
    common_tls_context: common,
    require_client_certificate: true,
    disable_stateless_session_resumption: true,
  });
}

function followed(name: string, file: string): object {
  const path = { path: file, watched_directory: { path: dirname(file) } };
  return { name, sds_config: { resource_api_version: 'V3', path_config_source: path } };
}

/** The file of a process's own certificate and key: both in one, so that none is ever seen without the other. */
export function ownSecret({ certificates, key }: { readonly certificates: string; readonly key: string }): string {
  return secret(OWN, {
    tls_certificate: { certificate_chain: { inline_string: certificates }, private_key: { inline_string: key } },
  });
}

/** The file of those who are believed. */
export function authoritiesSecret(authorities: string): string {
  return secret(AUTHORITIES, { validation_context: { trusted_ca: { inline_string: authorities } } });
}

function secret(name: string, fields: object): string {
  const message = typed('extensions.transport_sockets.tls.v3.Secret', { name, ...fields });
  return `${JSON.stringify({ resources: [message] }, null, 2)}\n`;
}
