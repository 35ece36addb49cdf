/** Sidecars tell their process's figures on, which Prometheus has asked of the process itself: what is their own and their proxy's is kept. */
const OF_SIDECARS = { source_labels: ['__name__'], regex: '(jangteo_sidecar|envoy)_.+', action: 'keep' } as const;

/** What a Prometheus of the shop is told. */
export interface PrometheusPlan {
  /** The topology's name: a label of everything that leaves this Prometheus. */
  readonly shop: string;
  /** Files of targets (`targetsFile`); Prometheus follows them as they change. */
  readonly processTargets: string;
  readonly sidecarTargets: string;
  readonly engineTargets: string;
  /** Files of rules; wildcards are allowed. */
  readonly rules: readonly string[];
  /** Host and port. */
  readonly alertmanager?: string;
  /** How often it asks and judges, as Prometheus writes it. Default `15s`. */
  readonly interval?: string;
}

/** Prometheus's configuration: every process of the shop, their sidecars, its engines, recording and alert rules, and whom alerts are handed to. */
export function prometheusConfig(plan: PrometheusPlan): string {
  const { shop, processTargets, sidecarTargets, engineTargets, rules, alertmanager, interval = '15s' } = plan;
  const config = {
    global: { scrape_interval: interval, evaluation_interval: interval, external_labels: { shop } },
    rule_files: rules,
    scrape_configs: [
      { job_name: 'jangteo', ...following(processTargets) },
      { job_name: 'sidecars', ...following(sidecarTargets), metric_relabel_configs: [OF_SIDECARS] },
      { job_name: 'engines', ...following(engineTargets) },
    ],
    ...(alertmanager !== undefined && {
      alerting: { alertmanagers: [{ static_configs: [{ targets: [alertmanager] }] }] },
    }),
  };
  return `${JSON.stringify(config, null, 2)}\n`;
}

function following(file: string): object {
  return { file_sd_configs: [{ files: [file], refresh_interval: '10s' }] };
}

/** Somebody who answers with metrics. */
export interface ScrapeTarget {
  /** Its name, in every series: `orders-1`. */
  readonly instance: string;
  /** Scheme, host and port. */
  readonly url: string;
  /** Default `/metrics`. */
  readonly path?: string;
  readonly labels?: Readonly<Record<string, string>>;
}

/** A file that Prometheus discovers targets by. */
export function targetsFile(targets: readonly ScrapeTarget[]): string {
  const entries = targets.map(({ instance, url, path, labels }) => {
    const { protocol, host } = new URL(url);
    return {
      targets: [host],
      labels: {
        ...labels,
        instance,
        ...(protocol === 'https:' && { __scheme__: 'https' }),
        ...(path !== undefined && { __metrics_path__: path }),
      },
    };
  });
  return `${JSON.stringify(entries, null, 2)}\n`;
}
