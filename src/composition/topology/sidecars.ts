import { type Static, Type } from 'typebox';

const closed = { additionalProperties: false } as const;

/** What stands beside every process of a topology, of which the process itself knows nothing. */
export const Sidecars = Type.Object(
  {
    /** A proxy through which processes speak with each other. */
    engine: Type.Optional(Type.Enum(['envoy'])),
    /** Proxies show each other certificates, and let in whom they know. Default true. */
    mtls: Type.Optional(Type.Boolean()),
    /** Begins everybody's name in a certificate: `spiffe://<trust domain>/<process>`. Default `jangteo`. */
    trustDomain: Type.Optional(Type.String({ pattern: '^[a-z0-9]([a-z0-9.-]*[a-z0-9])?$' })),
    /** The first of the proxies' ports on each machine; any free ones when it is left out and everybody is on one machine. */
    port: Type.Optional(Type.Integer({ minimum: 1, maximum: 65_535 })),
    /**
     * A folder in which somebody else keeps certificates: `<replica>/tls.crt`, `tls.key`, `ca.crt`. `env:NAME` is allowed. Without it
     * `jangteo up` has an authority of its own.
     */
    certificates: Type.Optional(Type.String({ minLength: 1 })),
    /** How long certificates of that authority hold, in hours. Default 24. */
    certificateHours: Type.Optional(Type.Integer({ minimum: 1, maximum: 8_760 })),
    /** Our own sidecar ships log lines to this engine. */
    logs: Type.Optional(Type.Enum(['otelcol', 'opensearch'])),
    /** Log lines that wait on disk while that engine is away, for each process. Default 256. */
    logBufferMb: Type.Optional(Type.Integer({ minimum: 1 })),
    /** Our own sidecar answers for its process's metrics, with its own and the proxy's. Default false. */
    metrics: Type.Optional(Type.Boolean()),
  },
  closed,
);
export type Sidecars = Static<typeof Sidecars>;

export const DEFAULT_TRUST_DOMAIN = 'jangteo';
export const DEFAULT_CERTIFICATE_HOURS = 24;
export const DEFAULT_LOG_BUFFER_MB = 256;

/** What stands beside processes, in words. */
export function sidecarsText(sidecars: Sidecars | undefined): string {
  if (sidecars === undefined) return 'none';
  const { engine, mtls = true, logs, metrics = false, certificates } = sidecars;
  const proxy = engine === undefined ? [] : [mtls ? `${engine} with mTLS` : `${engine} without TLS`];
  const own = [logs === undefined ? '' : `logs to ${logs}`, metrics ? 'metrics' : ''].filter((each) => each !== '');
  const brought = certificates === undefined ? [] : ['certificates brought'];
  return [...proxy, ...brought, ...own].join(', ') || 'none';
}
